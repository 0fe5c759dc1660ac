package io.qdqlint.concept;

import io.qdqlint.concept.Regions.Adjacent;
import io.qdqlint.ir.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which nodes Myelin compiles together: adjacent nodes, and those adjacent to one of these, over any number of steps. */
public final class RegionMap {
    private final Forest<Node> regions = new Forest<>(Node.ORDER);

    private RegionMap() {}

    /**
     * Joins the nodes of each pair.
     *
     * @param nodes of all regions; a pair of others is left out
     */
    public static RegionMap of(Collection<Node> nodes, Collection<Adjacent> pairs) {
        Set<Node> inside = new HashSet<>(nodes);
        RegionMap map = new RegionMap();
        for (Adjacent pair : pairs) {
            if (inside.contains(pair.from()) && inside.contains(pair.to())) {
                map.regions.join(pair.from(), pair.to());
            }
        }
        map.regions.flatten();
        return map;
    }

    /** The first, in node order, of the nodes that share a region with the given one. */
    public Node of(Node node) {
        return regions.first(node);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RegionMap other && regions.equals(other.regions);
    }

    @Override
    public int hashCode() {
        return regions.hashCode();
    }
}
