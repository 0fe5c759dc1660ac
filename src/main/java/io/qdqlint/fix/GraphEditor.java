package io.qdqlint.fix;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies edits to a model in memory. Nodes that are not edited keep their {@link Node#source()} and initializers their
 * tensor, by which the writer knows what to copy.
 */
public final class GraphEditor {
    private final DraftGraph root;
    private final Map<Node, DraftNode> drafts = new IdentityHashMap<>();
    private final Map<Node, DraftGraph> homes = new IdentityHashMap<>();
    private final Map<String, DraftGraph> definedIn = new HashMap<>();

    private GraphEditor(Model model) {
        root = DraftGraph.of(model.graph(), drafts, homes);
    }

    /**
     * The model after the edits, in order. Nodes, initializers and {@code Constant}s that were read before and that
     * nothing reads any more are left out.
     *
     * @throws IllegalStateException if the edits contradict each other
     */
    public static Model apply(Model model, List<Edit> edits) {
        if (edits.isEmpty()) {
            return model;
        }
        GraphEditor editor = new GraphEditor(model);
        Set<String> readBefore = new HashSet<>();
        editor.root.forEachRead(readBefore::add);
        Edit.Visitor application = editor.new Application();
        edits.forEach(e -> e.accept(application));
        editor.sweep(readBefore);
        editor.root.forEachGraph(DraftGraph::sort);
        return new Model(
                model.file(),
                model.irVersion(),
                model.producer(),
                model.opsets(),
                editor.root.builder().build(),
                model.metadata());
    }

    /** Writes one edit into the drafts. */
    private final class Application implements Edit.Visitor {
        @Override
        public void visit(Edit.SetInput e) {
            draft(e.node()).setInput(e.slot(), e.tensor());
        }

        @Override
        public void visit(Edit.SetOutput e) {
            draft(e.node()).outputs.set(e.slot(), e.tensor());
        }

        @Override
        public void visit(Edit.RemoveNode e) {
            homes.get(e.node()).nodes.remove(draft(e.node()));
        }

        @Override
        public void visit(Edit.AddNode e) {
            homes.get(e.near()).nodes.add(DraftNode.of(e));
        }

        @Override
        public void visit(Edit.SetInitializer e) {
            root.initializers.put(e.tensor().name(), e.tensor());
        }

        @Override
        public void visit(Edit.SetAttribute e) {
            draft(e.node()).setAttribute(e.attribute());
        }

        @Override
        public void visit(Edit.RemoveAttribute e) {
            draft(e.node()).removeAttribute(e.name());
        }

        @Override
        public void visit(Edit.AddOutput e) {
            root.addedOutputs.add(e.tensor());
        }

        @Override
        public void visit(Edit.Declare e) {
            home(e.tensor()).declared.put(e.tensor(), new DraftGraph.Declared(e.type(), e.shape()));
        }
    }

    private DraftNode draft(Node node) {
        DraftNode draft = drafts.get(node);
        if (draft == null) {
            throw new IllegalStateException("'" + node.name() + "' is not a node of the model that is edited");
        }
        return draft;
    }

    /** The graph that defines a tensor; the model's own when none does yet. */
    private DraftGraph home(String tensor) {
        if (definedIn.isEmpty()) {
            root.forEachGraph(g -> g.nodes.forEach(n -> n.outputs.forEach(o -> definedIn.put(o, g))));
        }
        return definedIn.getOrDefault(tensor, root);
    }

    private void sweep(Set<String> readBefore) {
        Map<String, Integer> readers = new HashMap<>();
        root.forEachRead(name -> readers.merge(name, 1, Integer::sum));
        List<DraftGraph> graphs = new ArrayList<>();
        root.forEachGraph(graphs::add);
        Collections.reverse(graphs);
        graphs.forEach(g -> sweepNodes(g, readers, readBefore));
        graphs.forEach(g -> g.initializers
                .keySet()
                .removeIf(name ->
                        readBefore.contains(name) && readers.getOrDefault(name, 0) == 0 && !g.isDefaulted(name)));
    }

    private static void sweepNodes(DraftGraph graph, Map<String, Integer> readers, Set<String> readBefore) {
        Map<String, DraftNode> producers = new HashMap<>();
        graph.nodes.forEach(n -> n.outputs.forEach(o -> producers.put(o, n)));
        Set<DraftNode> dead = new HashSet<>();
        Deque<DraftNode> candidates = new ArrayDeque<>(graph.nodes);
        while (!candidates.isEmpty()) {
            DraftNode node = candidates.pop();
            boolean unread = node.outputs.stream().noneMatch(o -> readers.getOrDefault(o, 0) > 0);
            if (unread && node.outputs.stream().anyMatch(readBefore::contains) && dead.add(node)) {
                node.forEachRead(name -> {
                    readers.merge(name, -1, Integer::sum);
                    if (producers.containsKey(name)) {
                        candidates.push(producers.get(name));
                    }
                });
            }
        }
        graph.nodes.removeAll(dead);
    }
}
