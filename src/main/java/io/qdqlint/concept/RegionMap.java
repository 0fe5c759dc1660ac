package io.qdqlint.concept;

import io.qdqlint.concept.Regions.Adjacent;
import io.qdqlint.ir.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which nodes Myelin compiles together: those that are connected, over any number of neighbours. */
public final class RegionMap {
    /** A forest: each tree is a region, and its root the first node in node order. */
    private final Map<Node, Node> before = new HashMap<>();

    private RegionMap() {}

    /**
     * Joins what the pairs connect.
     *
     * @param nodes of all regions; a pair of others is left out
     */
    public static RegionMap of(Collection<Node> nodes, Collection<Adjacent> pairs) {
        Set<Node> inside = new HashSet<>(nodes);
        RegionMap regions = new RegionMap();
        for (Adjacent pair : pairs) {
            if (inside.contains(pair.from()) && inside.contains(pair.to())) {
                regions.join(regions.of(pair.from()), regions.of(pair.to()));
            }
        }
        inside.forEach(n -> regions.before.put(n, regions.of(n)));
        return regions;
    }

    private void join(Node one, Node other) {
        boolean ordered = Node.ORDER.compare(one, other) < 0;
        before.put(ordered ? other : one, ordered ? one : other);
    }

    /** The first, in node order, of the nodes that share a region with the given one. */
    public Node of(Node node) {
        Node root = node;
        while (before.getOrDefault(root, root) != root) {
            root = before.get(root);
        }
        return root;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RegionMap other && before.equals(other.before);
    }

    @Override
    public int hashCode() {
        return before.hashCode();
    }
}
