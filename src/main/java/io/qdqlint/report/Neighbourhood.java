package io.qdqlint.report;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a graph around a finding: its node, its places, and what is linked to them, nearest first, up to a limit.
 * Constants, and nodes that compute something from constants only (a weight's Q and DQ), are no members but belong to
 * the node that reads them, unless the finding speaks of them.
 */
public final class Neighbourhood {
    /** A tensor on its way. {@code from} is null for a graph input or a tensor from outside, {@code to} for one's end. */
    public record Edge(Node from, Node to, Value value, boolean marked) {}

    private static final int WEIGHT_CHAIN = 6;

    /** Of many readers of a tensor, more would crowd out what else is near. */
    private static final int READERS = 4;

    private final Finding finding;
    private final Map<Node, Integer> distance;
    private final List<Node> nodes;
    private final Set<Node> marked = new LinkedHashSet<>();
    private final Map<Value, Boolean> folded = new HashMap<>();

    private Neighbourhood(Finding finding, int links, int limit) {
        this.finding = finding;
        marked.add(finding.node());
        finding.places().stream().map(Place::node).filter(n -> n != null).forEach(marked::add);
        distance = grow(links, limit);
        nodes = distance.keySet().stream().sorted(Node.ORDER).toList();
    }

    /**
     * @param links how far to go from the finding's node and places
     * @param limit the most nodes to take; where places alone are more, the first ones stay
     */
    public static Neighbourhood of(Finding finding, int links, int limit) {
        return new Neighbourhood(finding, links, limit);
    }

    public Finding finding() {
        return finding;
    }

    /** The members, in node order. */
    public List<Node> nodes() {
        return nodes;
    }

    public boolean contains(Node node) {
        return distance.containsKey(node);
    }

    /** Whether the finding is at this node or has a place there. */
    public boolean isMarked(Node node) {
        return marked.contains(node);
    }

    /** The finding's places that are not at a member. */
    public List<Place> placesOutside() {
        return finding.places().stream()
                .filter(p -> p.node() == null || !contains(p.node()))
                .toList();
    }

    /** Whether the value is a constant, or computed from constants alone by nodes that are no members. */
    public boolean isFolded(Value value) {
        return isConstant(value, WEIGHT_CHAIN);
    }

    /** What the members read and what they produce, in node order; ends outside are null. Folded values are left out. */
    public List<Edge> edges() {
        List<Edge> out = new ArrayList<>();
        for (Node node : nodes) {
            Set<Value> read = new LinkedHashSet<>(node.inputs());
            for (Value value : read) {
                if (value != null && !isFolded(value)) {
                    Node from = value.producer() != null && contains(value.producer()) ? value.producer() : null;
                    out.add(new Edge(from, node, value, isMarked(from, node, value)));
                }
            }
            for (Value value : node.outputs()) {
                if (value != null
                        && (value.isGraphOutput() || !readersOutside(value).isEmpty())) {
                    out.add(new Edge(node, null, value, false));
                }
            }
        }
        return out;
    }

    /** The nodes outside that read the value. */
    public List<Node> readersOutside(Value value) {
        return value.uses().stream()
                .map(Value.Use::node)
                .distinct()
                .filter(n -> !contains(n))
                .toList();
    }

    private boolean isMarked(Node from, Node to, Value value) {
        for (Place p : finding.places()) {
            if (p.value() == value && (p.node() == null || p.node() == from || p.node() == to)) {
                return true;
            }
        }
        return from != null && isMarked(from) && isMarked(to);
    }

    private Map<Node, Integer> grow(int links, int limit) {
        Map<Node, Integer> found = new LinkedHashMap<>();
        ArrayDeque<Node> queue = new ArrayDeque<>();
        for (Node node : marked) {
            if (found.size() < limit) {
                found.put(node, 0);
                queue.add(node);
            }
        }
        while (!queue.isEmpty() && found.size() < limit) {
            Node node = queue.remove();
            int next = found.get(node) + 1;
            if (next > links) {
                break;
            }
            for (Node other : linked(node)) {
                boolean skip = other.outputs().stream().allMatch(v -> v == null || isFolded(v));
                if (found.size() < limit && !skip && found.putIfAbsent(other, next) == null) {
                    queue.add(other);
                }
            }
        }
        return found;
    }

    private static Set<Node> linked(Node node) {
        Set<Node> out = new LinkedHashSet<>();
        for (Value v : node.inputs()) {
            if (v != null && v.producer() != null) {
                out.add(v.producer());
            }
        }
        for (Value v : node.outputs()) {
            if (v != null) {
                v.uses().stream().limit(READERS).forEach(u -> out.add(u.node()));
            }
        }
        return out;
    }

    private boolean isConstant(Value value, int depth) {
        if (value.isConstant()) {
            return true;
        }
        Boolean known = folded.get(value);
        if (known != null) {
            return known;
        }
        Node producer = value.producer();
        boolean constant = producer != null
                && depth > 0
                && !marked.contains(producer)
                && !producer.inputs().isEmpty()
                && producer.inputs().stream().allMatch(v -> v == null || isConstant(v, depth - 1));
        folded.put(value, constant);
        return constant;
    }
}
