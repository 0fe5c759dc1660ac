package io.qdqlint.fact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers quantization parameters so that equal numbers mean "TensorRT takes them for the same".
 *
 * <p>Per-tensor scales of one type fall into one group when they differ by less than {@link #TOLERANCE}, absolute: engines
 * of TensorRT 10.6 merged quantizers whose scales were 4.2e-8 apart and kept those 2.1e-7 apart
 * (docs/tensorrt-behaviour.md). Everything else must be equal in every bit.
 */
final class ScaleGroups {
    /** Difference below which two per-tensor scales count as one: FLT_EPSILON. */
    static final double TOLERANCE = Math.ulp(1.0f);

    /** What the file says of one quantizer, before it has a number. */
    record Key(String parameters, double perTensor) {}

    private final Map<Key, Integer> numbers = new HashMap<>();

    /** Numbers the keys given, the same for the same set whatever its order. */
    ScaleGroups(Iterable<Key> keys) {
        Map<String, List<Key>> byParameters = new HashMap<>();
        for (Key k : keys) {
            if (numbers.putIfAbsent(k, -1) == null) {
                byParameters.computeIfAbsent(k.parameters(), p -> new ArrayList<>()).add(k);
            }
        }
        int next = 0;
        for (String parameters : byParameters.keySet().stream().sorted().toList()) {
            List<Key> list = byParameters.get(parameters);
            list.sort(Comparator.comparingDouble(Key::perTensor));
            double first = Double.NaN;
            for (Key k : list) {
                boolean same = Math.abs(k.perTensor() - first) < TOLERANCE;
                if (!same) {
                    first = k.perTensor();
                    next++;
                }
                numbers.put(k, next);
            }
        }
    }

    int number(Key key) {
        return numbers.get(key);
    }
}
