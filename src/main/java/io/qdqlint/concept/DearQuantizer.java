package io.qdqlint.concept;

import io.qdqlint.finding.Place;
import io.qdqlint.ir.Node;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A quantize kernel that takes longer than INT8 saves in all that it is there for.
 *
 * @param layers those layers, in node order
 * @param gain what INT8 saves them at most, microseconds
 */
public record DearQuantizer(StandAlone kernel, List<Node> layers, double gain) {

    /** Sorts what accumulate collected in no order. */
    public static DearQuantizer of(StandAlone kernel, Collection<Node> layers, double gain) {
        return new DearQuantizer(
                kernel,
                layers.stream().sorted(Comparator.comparingInt(Node::index)).toList(),
                gain);
    }

    /** The first of the layers. */
    public Node first() {
        return layers.get(0);
    }

    /** The other layers. */
    public List<Place> places() {
        return layers.stream()
                .skip(1)
                .map(n -> new Place(n, null, null, "reads INT8 because of this kernel"))
                .toList();
    }

    /** The layers as a person reads them: {@code 'a', 'b'}. */
    public String names() {
        return String.join(", ", layers.stream().map(n -> "'" + n.name() + "'").toList());
    }
}
