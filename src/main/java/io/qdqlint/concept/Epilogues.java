package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/epilogues.drl}. */
public interface Epilogues {
    /**
     * An elementwise layer that is one Add and could fuse into the convolution after one of its operands.
     * @param slot the input of the Add that is the branch
     */
    record AddCandidate(Node end, Node add, Node conv, Value branch, Value other, int slot) {}

    /** An Add that fuses into the convolution after its branch; the other operand is the residual. */
    record ConvAdd(Node end, Node add, Node conv, Value branch, Value other) {}

    /**
     * A pointwise layer with a PRelu that no convolution fuses.
     *
     * @param end the last node of the layer
     */
    record OwnPrelu(Node end) {}

    /** A pointwise layer that fuses into the convolution before it. */
    record ConvPwn(Node end, Node conv) {}

    /** The node is part of the kernel of a layer with weights. */
    record Fused(Node node, Node into) {}
}
