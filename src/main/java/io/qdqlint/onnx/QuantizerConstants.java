package io.qdqlint.onnx;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.NodeDraft;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private final Set<String> wanted = new HashSet<>();
    private long left = MAX_MODEL;

    private QuantizerConstants(TensorLoader loader) {
        this.loader = loader;
    }

    static void load(GraphBuilder graph, TensorLoader loader) {
        QuantizerConstants constants = new QuantizerConstants(loader);
        constants.collect(graph);
        if (!constants.wanted.isEmpty()) {
            constants.replace(graph);
        }
    }

    /** Last node first, so that a scale is known to be one when the Identity or Cast that hands it on is met. */
    private void collect(GraphBuilder graph) {
        List<NodeDraft> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            NodeDraft node = nodes.get(i);
            // QuantizeLinear and DequantizeLinear of any domain, TensorRT's TRT_FP8QuantizeLinear and the like
            if (node.opType().endsWith("uantizeLinear")) {
                for (int slot = 1; slot < Math.min(3, node.inputs().size()); slot++) {
                    want(graph, node.inputs().get(slot));
                }
            } else if (handsOn(node)) {
                want(graph, node.inputs().get(0));
            }
            if (node.hasBodies()) {
                node.bodies().forEach(this::collect);
            }
        }
    }

    private void want(GraphBuilder graph, String name) {
        Tensor known = graph.initializers().get(name);
        if (known == null || !known.isInline()) {
            wanted.add(name);
        }
    }

    /** True for a node that only passes its first input on as something wanted. */
    private boolean handsOn(NodeDraft node) {
        boolean passes = switch (node.opType()) {
            case "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose" -> true;
            default -> false;
        };
        return passes && !node.inputs().isEmpty() && node.outputs().stream().anyMatch(wanted::contains);
    }

    private void replace(GraphBuilder graph) {
        for (Tensor tensor : List.copyOf(graph.initializers().values())) {
            if (!tensor.isInline() && wanted.contains(tensor.name())) {
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
            if (node.opType().equals("Constant") && node.outputs().stream().anyMatch(wanted::contains)) {
                now = constant(node);
            }
            changed |= now != node;
            nodes.add(now);
            if (node.hasBodies()) {
                node.bodies().forEach(this::replace);
            }
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
