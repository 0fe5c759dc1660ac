package io.qdqlint.concept;

import io.qdqlint.concept.Groups.MeetingQs;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import java.util.Collection;
import java.util.Comparator;

/** Which quantizers are connected: those that meet, and those that meet one of these, over any number of steps. */
public final class Connected {
    private final Forest<Quantize> groups = new Forest<>(Comparator.comparing(Quantize::node, Node.ORDER));

    private Connected() {}

    /** Joins the quantizers of each pair. */
    public static Connected of(Collection<MeetingQs> pairs) {
        Connected connected = new Connected();
        pairs.forEach(p -> connected.groups.join(p.quantizer(), p.other()));
        connected.groups.flatten();
        return connected;
    }

    /** The first, in node order, of all that the quantizer is connected with. */
    public Quantize first(Quantize quantizer) {
        return groups.first(quantizer);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Connected other && groups.equals(other.groups);
    }

    @Override
    public int hashCode() {
        return groups.hashCode();
    }
}
