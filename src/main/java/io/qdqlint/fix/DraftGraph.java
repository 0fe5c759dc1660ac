package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A graph while edits are applied. */
final class DraftGraph {
    /** What is known of a tensor. */
    record Declared(DataType type, Shape shape) {}

    final List<DraftNode> nodes = new ArrayList<>();
    final Map<String, Tensor> initializers = new LinkedHashMap<>();
    final Map<String, Declared> declared = new LinkedHashMap<>();
    final Set<String> addedOutputs = new LinkedHashSet<>();
    private final Graph origin;

    private DraftGraph(Graph origin) {
        this.origin = origin;
    }

    /** Copies a graph; {@code drafts} and {@code homes} are given each node, those of the bodies included. */
    static DraftGraph of(Graph graph, Map<Node, DraftNode> drafts, Map<Node, DraftGraph> homes) {
        DraftGraph draft = new DraftGraph(graph);
        for (Node node : graph.nodes()) {
            DraftNode copy = DraftNode.of(node, body -> of(body, drafts, homes));
            drafts.put(node, copy);
            homes.put(node, draft);
            draft.nodes.add(copy);
        }
        for (Value value : graph.values()) {
            if (value.constant() != null && value.producer() == null) {
                draft.initializers.put(value.name(), value.constant());
            } else if (value.producer() != null && (value.type() != DataType.UNDEFINED || value.shape() != null)) {
                draft.declared.put(value.name(), new Declared(value.type(), value.shape()));
            }
        }
        return draft;
    }

    /** Each name read by a node here or in a body, and each that the graph hands out. */
    void forEachRead(Consumer<String> action) {
        nodes.forEach(n -> n.forEachRead(action));
        origin.outputs().forEach(v -> action.accept(v.name()));
        addedOutputs.forEach(action);
    }

    /** Whether callers may give the initializer of that name another value. */
    boolean isDefaulted(String name) {
        Value value = origin.value(name);
        return value != null && value.isDefaulted();
    }

    /** The graph and its bodies, outermost first. */
    void forEachGraph(Consumer<DraftGraph> action) {
        action.accept(this);
        nodes.forEach(n -> n.forEachBody(body -> body.forEachGraph(action)));
    }

    /**
     * Moves a producer that an edit has put after its reader before it; nothing else moves.
     *
     * @throws IllegalStateException if the edits made a cycle
     */
    void sort() {
        Map<String, DraftNode> producers = new HashMap<>();
        nodes.forEach(n -> n.outputs.forEach(o -> producers.put(o, n)));
        producers.remove("");
        List<DraftNode> sorted = new ArrayList<>(nodes.size());
        Set<DraftNode> done = new HashSet<>();
        Set<DraftNode> open = new HashSet<>();
        Deque<DraftNode> stack = new ArrayDeque<>();
        for (DraftNode node : nodes) {
            stack.push(node);
            while (!stack.isEmpty()) {
                DraftNode top = stack.peek();
                if (done.contains(top)) {
                    stack.pop();
                    continue;
                }
                List<DraftNode> before = new ArrayList<>();
                top.forEachRead(name -> {
                    DraftNode producer = producers.get(name);
                    if (producer != null && !done.contains(producer)) {
                        before.add(producer);
                    }
                });
                if (before.isEmpty()) {
                    done.add(stack.pop());
                    sorted.add(top);
                } else if (open.add(top)) {
                    for (int i = before.size() - 1; i >= 0; i--) {
                        stack.push(before.get(i));
                    }
                } else {
                    throw new IllegalStateException(
                            "edits make " + top.opType + " '" + top.name + "' read its own output");
                }
            }
        }
        nodes.clear();
        nodes.addAll(sorted);
    }

    GraphBuilder builder() {
        GraphBuilder builder = new GraphBuilder(origin.name());
        origin.inputs().forEach(v -> builder.input(v.name(), v.type(), v.shape()));
        origin.values().stream()
                .filter(v -> v.isDefaulted() && initializers.containsKey(v.name()))
                .forEach(v -> builder.input(v.name(), v.type(), v.shape()));
        origin.outputs().forEach(v -> builder.output(v.name(), v.type(), v.shape()));
        addedOutputs.forEach(name -> {
            Declared d = declared.getOrDefault(name, new Declared(DataType.UNDEFINED, null));
            builder.output(name, d.type(), d.shape());
        });
        initializers.values().forEach(builder::initializer);
        declared.forEach((name, d) -> builder.declare(name, d.type(), d.shape()));
        nodes.forEach(n -> n.addTo(builder));
        return builder;
    }
}
