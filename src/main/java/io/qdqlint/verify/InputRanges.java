package io.qdqlint.verify;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which values of a graph input the quantizers that read it do not clip. */
final class InputRanges {
    /** Operators whose outputs hold only values of their inputs, and at most a constant as padding. */
    private static final Set<String> COPIES = Set.of(
            "Identity",
            "Cast",
            "Transpose",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Expand",
            "Tile",
            "Pad",
            "Slice",
            "Split",
            "Concat",
            "Gather",
            "DepthToSpace",
            "SpaceToDepth",
            "Dropout",
            "MaxPool");

    private InputRanges() {}

    /** The range that all quantizers have which read the input or a copy of it; empty where there is none. */
    static Optional<QuantizerRange> of(Value input) {
        QuantizerRange range = null;
        Set<Value> seen = new HashSet<>(Set.of(input));
        Deque<Value> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Value.Use use : open.pop().uses()) {
                Node reader = use.node();
                QuantizerRange own = use.slot() == 0 ? QuantizerRange.of(reader).orElse(null) : null;
                range = own == null ? range : range == null ? own : range.and(own);
                if (isCopy(reader) && (use.slot() == 0 || reader.opType().equals("Concat"))) {
                    reader.outputs().stream()
                            .filter(v -> v != null && seen.add(v))
                            .forEach(open::add);
                }
            }
        }
        return Optional.ofNullable(range);
    }

    static boolean isCopy(Node node) {
        return COPIES.contains(node.opType());
    }
}
