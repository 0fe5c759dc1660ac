package io.qdqlint.onnx;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.NodeDraft;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads the scales and zero points of Q/DQ nodes that the scanner left in the file or that are external data: block scales
 * and long vectors. Rules compare scales, whatever their shape.
 */
final class QuantizerConstants {
    /** Largest single tensor, in bytes. */
    private static final long MAX_TENSOR = 1L << 22;

    /** Most bytes of a whole model; further tensors stay where they are and count as unknown. */
    private static final long MAX_MODEL = 1L << 26;

    private final TensorLoader loader;

    /** Tensors that are not in memory, by every name that stands for them; mostly weights, so there are few. */
    private final Map<String, String> candidates = new HashMap<>();

    private final Set<String> needed = new HashSet<>();
    private long left = MAX_MODEL;

    private QuantizerConstants(TensorLoader loader) {
        this.loader = loader;
    }

    static void load(GraphBuilder graph, TensorLoader loader) {
        QuantizerConstants constants = new QuantizerConstants(loader);
        constants.findCandidates(graph);
        if (!constants.candidates.isEmpty()) {
            constants.findWanted(graph);
        }
        if (!constants.needed.isEmpty()) {
            constants.replace(graph);
        }
    }

    private void findCandidates(GraphBuilder graph) {
        graph.initializers().forEach((name, tensor) -> {
            if (!tensor.isInline()) {
                candidates.put(name, name);
            }
        });
        for (NodeDraft node : graph.nodes()) {
            if (node.opType().equals("Constant") && !node.outputs().isEmpty() && storesElsewhere(node)) {
                candidates.put(node.outputs().get(0), node.outputs().get(0));
            }
            node.bodies().forEach(this::findCandidates);
        }
    }

    private static boolean storesElsewhere(NodeDraft constant) {
        return constant.attributes().stream().anyMatch(a -> a.value() instanceof Tensor t && !t.isInline());
    }

    private void findWanted(GraphBuilder graph) {
        for (NodeDraft node : graph.nodes()) {
            // QuantizeLinear and DequantizeLinear of any domain, TensorRT's TRT_FP8QuantizeLinear and the like
            if (node.opType().endsWith("uantizeLinear")) {
                for (int slot = 1; slot < Math.min(3, node.inputs().size()); slot++) {
                    String tensor = candidates.get(node.inputs().get(slot));
                    if (tensor != null) {
                        needed.add(tensor);
                    }
                }
            } else if (handsOn(node.opType())
                    && !node.inputs().isEmpty()
                    && !node.outputs().isEmpty()) {
                String tensor = candidates.get(node.inputs().get(0));
                if (tensor != null) {
                    candidates.put(node.outputs().get(0), tensor);
                }
            }
            node.bodies().forEach(this::findWanted);
        }
    }

    private static boolean handsOn(String opType) {
        return switch (opType) {
            case "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose" -> true;
            default -> false;
        };
    }

    private void replace(GraphBuilder graph) {
        for (Tensor tensor : List.copyOf(graph.initializers().values())) {
            if (!tensor.isInline() && needed.contains(tensor.name())) {
                Tensor loaded = loaded(tensor);
                if (loaded != tensor) {
                    graph.replaceInitializer(loaded);
                }
            }
        }
        List<NodeDraft> nodes = new ArrayList<>(graph.nodes().size());
        boolean changed = false;
        for (NodeDraft node : graph.nodes()) {
            NodeDraft now = node;
            if (node.opType().equals("Constant") && node.outputs().stream().anyMatch(needed::contains)) {
                now = constant(node);
            }
            changed |= now != node;
            nodes.add(now);
            node.bodies().forEach(this::replace);
        }
        if (changed) {
            graph.replaceNodes(nodes);
        }
    }

    private NodeDraft constant(NodeDraft node) {
        for (Attribute a : node.attributes()) {
            if (a.value() instanceof Tensor t && !t.isInline()) {
                return node.withAttributes(List.of(new Attribute(a.name(), loaded(t))));
            }
        }
        return node;
    }

    private Tensor loaded(Tensor tensor) {
        long size = tensor.type().bytes(tensor.elements());
        boolean varint = tensor.storage() instanceof Storage.InFile in && in.varint();
        // a varint takes up to ten bytes of file for one of element
        long cost = varint ? 10 * size : size;
        if (cost > MAX_TENSOR || cost > left) {
            return tensor;
        }
        left -= cost;
        return loader.load(tensor).orElse(tensor);
    }
}
