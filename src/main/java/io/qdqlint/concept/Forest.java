package io.qdqlint.concept;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Elements in groups: two that are joined, over any number of steps, are in one group. The first of a group names it. */
final class Forest<T> {
    private final Comparator<T> order;

    /** For each element but the first of a group: an element of the group that is before it. */
    private final Map<T, T> before = new HashMap<>();

    Forest(Comparator<T> order) {
        this.order = order;
    }

    /** Joins the groups of two elements. */
    void join(T one, T other) {
        T first = first(one);
        T second = first(other);
        if (first != second) {
            boolean ordered = order.compare(first, second) < 0;
            before.put(ordered ? second : first, ordered ? first : second);
        }
    }

    /** The first element of the group; the element itself where it is joined with no other. */
    T first(T element) {
        T root = element;
        while (before.containsKey(root)) {
            root = before.get(root);
        }
        T at = element;
        while (at != root) {
            at = before.put(at, root);
        }
        return root;
    }

    /** Each element refers to the first of its group, so that equal groups are equal, whatever the order of the joins. */
    void flatten() {
        List.copyOf(before.keySet()).forEach(this::first);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Forest<?> other && before.equals(other.before);
    }

    @Override
    public int hashCode() {
        return before.hashCode();
    }
}
