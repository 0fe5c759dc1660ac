package io.qdqlint.verify;

import ai.onnxruntime.OrtException;
import io.qdqlint.fix.GraphEditor;
import io.qdqlint.fix.Saturation;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Clipping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much of their input quantizers clip when a model runs in ONNX Runtime. */
public final class Saturations {
    private Saturations() {}

    /**
     * Runs a model once as it is.
     *
     * @param clippings quantizers of the model's own graph that may clip; those of bodies are left out
     * @param settings which inputs to take; the first of several
     * @return by the output of a Q, what it clips; empty where the model can't be run, which the proof says too
     * @throws IOException if a file can't be read or written
     */
    public static Map<String, Saturation> of(Model model, List<Clipping> clippings, Proof.Settings settings)
            throws IOException {
        Graph graph = model.graph();
        Map<Value, List<Clipping>> byInput = new HashMap<>();
        for (Clipping c : clippings) {
            Value in = c.quantize().input(0);
            if (graph.value(in.name()) == in) {
                byInput.computeIfAbsent(in, v -> new ArrayList<>()).add(c);
            }
        }
        InputMaker maker = new InputMaker(graph, settings.inputs());
        if (byInput.isEmpty()
                || RunnableModel.missing(model).isPresent()
                || maker.obstacle().isPresent()) {
            return Map.of();
        }
        Map<String, Feed> feed = maker.make(settings.seed());
        Map<String, Saturation> seen = new HashMap<>();
        Model probed = GraphEditor.apply(
                model,
                Probe.edits(graph, byInput.keySet().stream().map(Value::name).toList()));
        try (RunnableModel copy = RunnableModel.of(model, probed, RunnableModel.folder(model));
                OrtModel runtime = new OrtModel(copy.path())) {
            for (List<Value> batch : Probe.batches(List.copyOf(byInput.keySet()))) {
                Set<String> names = new LinkedHashSet<>();
                batch.stream().filter(v -> !feed.containsKey(v.name())).forEach(v -> names.add(v.name()));
                Map<String, Feed> values = runtime.run(feed, names);
                for (Value value : batch) {
                    double[] numbers = values.getOrDefault(value.name(), feed.get(value.name()))
                            .doubles();
                    byInput.get(value)
                            .forEach(c -> seen.put(c.quantize().output(0).name(), share(c, numbers)));
                }
            }
        } catch (OrtException e) {
            return Map.of();
        }
        return seen;
    }

    private static Saturation share(Clipping clipping, double[] values) {
        double half = (clipping.high() - clipping.low()) / 255 / 2;
        long below = 0;
        long above = 0;
        for (double v : values) {
            below += v < clipping.low() - half ? 1 : 0;
            above += v > clipping.high() + half ? 1 : 0;
        }
        double count = Math.max(1, values.length);
        return new Saturation(below / count, above / count);
    }
}
