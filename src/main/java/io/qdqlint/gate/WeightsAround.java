package io.qdqlint.gate;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The weights nearest to a node: its own, or those of the layers that compute what it reads and read what it computes. */
final class WeightsAround {
    private static final Set<String> PASSED_BY_WEIGHTS =
            Set.of("QuantizeLinear", "DequantizeLinear", "Identity", "Cast", "Transpose", "Reshape");
    private static final Set<String> QUANTIZERS = Set.of("QuantizeLinear", "DequantizeLinear");
    /** Begins what stands in for the name of a weight that has none of its own. */
    static final String UNNAMED = "\0";

    private static final int STEPS = 8;
    private static final int VISITED = 200;
    private static final int NAMED = 8;

    private WeightsAround() {}

    /** Their names, sorted, those before the node apart from those after it; the shape of a weight that the network has not named. */
    static List<String> names(Node node) {
        Collection<String> own = ofNode(node);
        if (!own.isEmpty()) {
            return List.copyOf(own);
        }
        Collection<String> before = nearest(node, false);
        Collection<String> after = nearest(node, true);
        List<String> out = new ArrayList<>();
        before.stream().limit(NAMED).forEach(name -> out.add("<" + name));
        after.stream().limit(NAMED).forEach(name -> out.add(">" + name));
        return out;
    }

    /** The weight of a node: the largest constant it reads, be it quantized on its way; null where it reads none but single numbers. */
    static Tensor weight(Node node) {
        Tensor largest = null;
        for (Value input : QUANTIZERS.contains(node.opType()) ? node.inputs().subList(0, 1) : node.inputs()) {
            Tensor tensor = stored(input);
            if (tensor != null
                    && tensor.elements() > 1
                    && (largest == null || tensor.elements() > largest.elements())) {
                largest = tensor;
            }
        }
        return largest;
    }

    private static Tensor stored(Value value) {
        Value at = value;
        for (int i = 0; at != null && i < STEPS; i++) {
            if (at.constant() != null) {
                return at.constant();
            }
            Node producer = at.producer();
            if (producer == null || !PASSED_BY_WEIGHTS.contains(producer.opType())) {
                return null;
            }
            at = producer.input(0);
        }
        return null;
    }

    private static Collection<String> ofNode(Node node) {
        Tensor weight = weight(node);
        if (weight == null) {
            return Set.of();
        }
        return Set.of(Identity.isOwnOfWeight(weight.name()) ? weight.name() : UNNAMED + weight.shape());
    }

    private static Collection<String> nearest(Node node, boolean after) {
        Set<String> names = new TreeSet<>();
        Set<Node> seen = new HashSet<>(Set.of(node));
        Deque<Node> open = new ArrayDeque<>(neighbours(node, after));
        while (!open.isEmpty() && seen.size() < VISITED) {
            Node next = open.removeFirst();
            if (!seen.add(next)) {
                continue;
            }
            Collection<String> own = ofNode(next);
            names.addAll(own);
            if (own.isEmpty()) {
                open.addAll(neighbours(next, after));
            }
        }
        return names;
    }

    /** The nodes that compute what the node reads, or that read what it computes. */
    static List<Node> neighbours(Node node, boolean after) {
        List<Node> out = new ArrayList<>();
        for (Value value : after ? node.outputs() : node.inputs()) {
            if (value == null) {
                continue;
            }
            if (after) {
                value.uses().forEach(use -> out.add(use.node()));
            } else if (value.producer() != null) {
                out.add(value.producer());
            }
        }
        return out;
    }
}
