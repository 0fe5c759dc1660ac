package io.qdqlint.trt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which layer of an engine reads what which other one wrote. A concatenation has no layer of its own: several layers
 * write into one tensor, and a reader may read a part of it under the same name; it counts as reading all that was
 * written before it.
 */
public final class Dataflow {
    /** {@code from} is null for an input of the network. */
    public record Edge(EngineLayer from, EngineLayer to, EngineTensor tensor) {}

    private final List<Edge> edges = new ArrayList<>();
    private final Map<EngineLayer, List<EngineLayer>> producers = new IdentityHashMap<>();
    private final Map<EngineLayer, List<EngineLayer>> consumers = new IdentityHashMap<>();

    private Dataflow() {}

    public static Dataflow of(Engine engine) {
        Dataflow flow = new Dataflow();
        Map<String, List<EngineLayer>> writers = new HashMap<>();
        for (EngineLayer layer : engine.layers()) {
            for (EngineTensor in : layer.inputs()) {
                List<EngineLayer> from = writers.getOrDefault(in.name(), List.of());
                from.forEach(w -> flow.connect(w, layer, in));
                if (from.isEmpty()) {
                    flow.edges.add(new Edge(null, layer, in));
                }
            }
            for (EngineTensor out : layer.outputs()) {
                writers.computeIfAbsent(out.name(), n -> new ArrayList<>()).add(layer);
            }
        }
        return flow;
    }

    private void connect(EngineLayer from, EngineLayer to, EngineTensor tensor) {
        edges.add(new Edge(from, to, tensor));
        producers.computeIfAbsent(to, l -> new ArrayList<>()).add(from);
        consumers.computeIfAbsent(from, l -> new ArrayList<>()).add(to);
    }

    /** All of it, in execution order of the readers. */
    public List<Edge> edges() {
        return edges;
    }

    public List<EngineLayer> producers(EngineLayer layer) {
        return producers.getOrDefault(layer, List.of());
    }

    public List<EngineLayer> consumers(EngineLayer layer) {
        return consumers.getOrDefault(layer, List.of());
    }
}
