package io.qdqlint.finding;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Optional;

/**
 * One place of a finding: a node or a tensor.
 *
 * @param node the node, or null where the place is a tensor that no node computes
 * @param value the tensor concerned, or null
 * @param scale the scale as a person reads it ({@code 0.0512}, {@code 64 scales 0.001..0.02}), or null
 * @param note what this place has to do with the finding, a short phrase such as {@code "scale 0.05"}; never null
 */
public record Place(Node node, Value value, String scale, String note) {
    /** The node of the graph that computes what {@code edited}, a node of an edited graph, computes; null if none does. */
    static Node in(Graph original, Node edited) {
        Value same = original.value(edited.output(0).name());
        return same == null ? null : same.producer();
    }

    /** The same place in the original graph of an edited model; empty where it is new. */
    Optional<Place> in(Graph original) {
        Node sameNode = node == null ? null : in(original, node);
        Value sameValue = value == null ? null : original.value(value.name());
        boolean isNew = node != null && sameNode == null || value != null && sameValue == null;
        return isNew ? Optional.empty() : Optional.of(new Place(sameNode, sameValue, scale, note));
    }
}
