package io.qdqlint.fact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Numbers quantization parameters so that they can be compared by number: equal numbers are equal in every bit. */
final class ScaleGroups {
    /**
     * Two per-tensor scales that differ by less, absolute, count as one: FLT_EPSILON. Engines of TensorRT 10.6 merged
     * quantizers whose scales were 1.10e-7 apart and kept those 1.30e-7 and exactly 2^-23 apart
     * (docs/tensorrt-behaviour.md); that the limit is this constant is inferred.
     */
    static final double TOLERANCE = 0x1p-23;

    /** What the file says of one quantizer, before it has a number. */
    record Key(String parameters, double perTensor) {}

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<SameScale> near = new ArrayList<>();

    /** Numbers the keys given, the same for the same set whatever its order. */
    ScaleGroups(Iterable<Key> keys) {
        TreeMap<String, TreeSet<Double>> scales = new TreeMap<>();
        for (Key k : keys) {
            scales.computeIfAbsent(k.parameters(), p -> new TreeSet<>()).add(k.perTensor());
        }
        scales.forEach((parameters, values) -> {
            List<Double> sorted = new ArrayList<>(values);
            int first = numbers.size();
            for (int i = 0; i < sorted.size(); i++) {
                numbers.put(new Key(parameters, sorted.get(i)), first + i);
                for (int j = i - 1; j >= 0 && sorted.get(i) - sorted.get(j) < TOLERANCE; j--) {
                    near.add(new SameScale(first + i, first + j));
                    near.add(new SameScale(first + j, first + i));
                }
            }
        });
    }

    int number(Key key) {
        return numbers.get(key);
    }

    /** The pairs that are not equal and count as one. */
    List<SameScale> near() {
        return near;
    }
}
