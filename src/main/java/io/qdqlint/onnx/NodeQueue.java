package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.GRAPH_NODE;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes of the graph in their new order, and the bytes of those that the file has. */
final class NodeQueue {
    private final Map<Long, Node> before = new HashMap<>();
    private final Map<Long, Node> after = new HashMap<>();
    private final List<Node> order;
    private final Map<Node, Pieces> bytes = new HashMap<>();
    private final Map<String, Node> inlined = new HashMap<>();
    private int next;

    NodeQueue(Graph was, Graph is) {
        for (Node node : was.nodes()) {
            if (node.source().isKnown()) {
                before.put(node.source().offset(), node);
            } else {
                node.outputs().stream().filter(v -> v != null).forEach(v -> inlined.put(v.name(), node));
            }
        }
        is.nodes().stream()
                .filter(n -> n.source().isKnown())
                .forEach(n -> after.put(n.source().offset(), n));
        order = is.nodes();
    }

    Node before(long offset) {
        return before.get(offset);
    }

    Node after(long offset) {
        return after.get(offset);
    }

    void put(Node node, Pieces encoded) {
        bytes.put(node, encoded);
    }

    /** New nodes, up to and with the next one that the file has. */
    Pieces next() {
        Pieces out = new Pieces();
        while (next < order.size()) {
            Node node = order.get(next++);
            out.add(encoded(node));
            if (node.source().isKnown()) {
                break;
            }
        }
        return out;
    }

    Pieces rest() {
        Pieces out = new Pieces();
        while (next < order.size()) {
            out.add(encoded(order.get(next++)));
        }
        return out;
    }

    private Pieces encoded(Node node) {
        if (node.source().isKnown()) {
            return bytes.getOrDefault(node, new Pieces());
        }
        Node fromFunction = node.outputs().stream()
                .filter(v -> v != null && inlined.containsKey(v.name()))
                .findFirst()
                .map(v -> inlined.get(v.name()))
                .orElse(null);
        if (fromFunction != null && !NodeSplice.same(fromFunction, node)) {
            throw new InvalidModelException("'" + node.name() + "' is in a model-local function, where qdqlint changes "
                    + "nothing; inline the functions first (onnx.inliner)");
        }
        return fromFunction == null ? new Pieces().message(GRAPH_NODE, OnnxEncoder.node(node)) : new Pieces();
    }
}
