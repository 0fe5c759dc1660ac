package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import java.util.List;

/**
 * A number list that decides what a node does, be it an attribute or a constant input: {@code axes} of a reduction,
 * {@code steps} of a Slice, {@code value} of a Pad. Missing where it is computed at run time.
 *
 * @param key the attribute's name
 * @param values as the file gives them; ONNX's default where it gives none
 */
public record Setting(Node node, String key, List<Double> values) {

    /** Whether the values are these, in any order. */
    public boolean isAnyOrder(double... expected) {
        return values.stream()
                .sorted()
                .toList()
                .equals(java.util.Arrays.stream(expected).sorted().boxed().toList());
    }

    /** Whether all values are this one. */
    public boolean all(double expected) {
        return values.stream().allMatch(v -> v == expected);
    }
}
