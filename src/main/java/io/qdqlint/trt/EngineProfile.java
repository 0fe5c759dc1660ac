package io.qdqlint.trt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Time per layer: what {@code --exportProfile} measured.
 *
 * @param runs inferences timed
 * @param rows in execution order
 */
public record EngineProfile(long runs, List<Row> rows) {

    /**
     * One layer's time.
     *
     * @param averageMs milliseconds per inference
     * @param medianMs the median of these; the average where the file (TensorRT before 8.5) has no median
     */
    public record Row(String name, double averageMs, double medianMs) {}

    /** Milliseconds per inference, all layers together. */
    public double totalMs() {
        return rows.stream().mapToDouble(Row::averageMs).sum();
    }

    /**
     * Microseconds per inference of each layer, by name; layers of one name take their rows in order. Where not even one
     * name fits but the numbers do, rows are taken in order: some versions name layers differently in the two files.
     */
    public Map<EngineLayer, Double> micros(Engine engine) {
        Map<String, Deque<Row>> byName = new HashMap<>();
        rows.forEach(
                r -> byName.computeIfAbsent(r.name(), n -> new ArrayDeque<>()).add(r));
        Map<EngineLayer, Double> out = new IdentityHashMap<>();
        for (EngineLayer layer : engine.layers()) {
            Deque<Row> own = byName.get(layer.name());
            if (own != null && !own.isEmpty()) {
                out.put(layer, own.remove().averageMs() * 1000);
            }
        }
        if (out.isEmpty() && rows.size() == engine.layers().size()) {
            for (int i = 0; i < rows.size(); i++) {
                out.put(engine.layers().get(i), rows.get(i).averageMs() * 1000);
            }
        }
        return out;
    }
}
