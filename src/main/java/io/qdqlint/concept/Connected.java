package io.qdqlint.concept;

import io.qdqlint.concept.Groups.MeetingQs;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which quantizers are connected: those that meet, and those that meet one of these, over any number of steps. */
public final class Connected {
    /** A forest: each tree is what is connected, and its root the first in node order. */
    private final Map<Quantize, Quantize> before = new HashMap<>();

    private Connected() {}

    /** Joins what the pairs connect. */
    public static Connected of(Collection<MeetingQs> pairs) {
        Connected connected = new Connected();
        pairs.forEach(p -> connected.join(connected.first(p.quantizer()), connected.first(p.other())));
        connected.settle();
        return connected;
    }

    /** Each quantizer stands under its root, whatever the order of the pairs. */
    private void settle() {
        List.copyOf(before.keySet()).forEach(this::first);
        before.entrySet().removeIf(e -> e.getKey() == e.getValue());
    }

    private void join(Quantize one, Quantize other) {
        boolean ordered = Node.ORDER.compare(one.node(), other.node()) < 0;
        before.put(ordered ? other : one, ordered ? one : other);
    }

    /** The first, in node order, of all that the quantizer is connected with. */
    public Quantize first(Quantize quantizer) {
        Quantize root = quantizer;
        while (before.getOrDefault(root, root) != root) {
            root = before.get(root);
        }
        Quantize at = quantizer;
        while (at != root) {
            at = before.put(at, root);
        }
        return root;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Connected other && before.equals(other.before);
    }

    @Override
    public int hashCode() {
        return before.hashCode();
    }
}
