package io.qdqlint.trt.compare;

import io.qdqlint.trt.Dataflow;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups the layers of two engines by the ONNX nodes they came from: layers that share a node that computes are of one
 * group, however each engine fused them. Q and DQ nodes do not link, since one Q pushed up through a Concat is part of
 * many layers: a stand-alone quantizer belongs to the layer whose output it quantizes. So does a copy, unless TensorRT
 * says which layer it serves.
 */
final class LayerMatcher {
    /** The layers of one group; execution order. */
    record Matched(List<EngineLayer> a, List<EngineLayer> b) {}

    private final Map<String, String> parents = new HashMap<>();
    private final Map<EngineLayer, String> keys = new IdentityHashMap<>();

    private LayerMatcher() {}

    static List<Matched> match(Engine a, Engine b) {
        LayerMatcher matcher = new LayerMatcher();
        matcher.link(a);
        matcher.link(b);
        Map<String, Matched> groups = new LinkedHashMap<>();
        matcher.collect(a, groups, true);
        matcher.collect(b, groups, false);
        return List.copyOf(groups.values());
    }

    private void link(Engine engine) {
        for (EngineLayer layer : engine.layers()) {
            List<String> nodes = layer.computeNodes();
            nodes.forEach(n -> union(nodes.get(0), n));
            if (!nodes.isEmpty()) {
                keys.put(layer, nodes.get(0));
            }
        }
        Dataflow flow = Dataflow.of(engine);
        List<EngineLayer> layers = engine.layers();
        // Copies for an input take the key of their reader, which stands after them; all others that of their
        // producer.
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (isCopyForReader(layers.get(i))) {
                adopt(layers.get(i), flow.consumers(layers.get(i)));
            }
        }
        for (EngineLayer layer : layers) {
            adopt(layer, flow.producers(layer));
        }
        for (EngineLayer layer : layers) {
            if (!layer.isStandAloneQuantizer()) {
                adopt(layer, flow.consumers(layer));
            }
            keys.computeIfAbsent(
                    layer,
                    l -> l.onnxNodes().isEmpty() ? l.name() : l.onnxNodes().get(0));
        }
    }

    private void adopt(EngineLayer orphan, List<EngineLayer> relatives) {
        if (!keys.containsKey(orphan)) {
            relatives.stream().filter(keys::containsKey).findFirst().ifPresent(r -> keys.put(orphan, keys.get(r)));
        }
    }

    private static boolean isCopyForReader(EngineLayer layer) {
        return layer.name().startsWith("Reformatting CopyNode for Input");
    }

    private void collect(Engine engine, Map<String, Matched> groups, boolean first) {
        for (EngineLayer layer : engine.layers()) {
            if (layer.kind() != LayerKind.CONSTANT) {
                Matched group = groups.computeIfAbsent(
                        root(keys.get(layer)), k -> new Matched(new ArrayList<>(), new ArrayList<>()));
                (first ? group.a() : group.b()).add(layer);
            }
        }
    }

    private String root(String key) {
        String at = key;
        while (parents.containsKey(at)) {
            at = parents.get(at);
        }
        return at;
    }

    private void union(String one, String other) {
        String rootOne = root(one);
        String rootOther = root(other);
        if (!rootOne.equals(rootOther)) {
            parents.put(rootOther, rootOne);
        }
    }
}
