package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Which names a model uses, for tensors and nodes, and which graph each node stands in. */
final class Scope {
    private final Graph root;
    private final Set<String> used = new HashSet<>();
    private final Map<Node, Graph> graphs = new IdentityHashMap<>();

    Scope(Graph root) {
        this.root = root;
        collect(root);
    }

    private void collect(Graph graph) {
        graph.values().forEach(v -> used.add(v.name()));
        for (Node node : graph.nodes()) {
            used.add(node.rawName());
            graphs.put(node, graph);
        }
        graph.subgraphs().forEach(this::collect);
    }

    /** The name, or the name with the first number that makes it unused. It counts as used from now on. */
    String fresh(String wish) {
        String name = wish;
        for (int i = 1; !used.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    boolean sameGraph(Node a, Node b) {
        return graphs.get(a) == graphs.get(b);
    }

    /** Whether the model's own graph defines the value, so that everything sees it. */
    boolean isTopLevel(Value value) {
        return root.value(value.name()) == value;
    }
}
