package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/layers.drl}. */
public interface Layers {
    /**
     * The node whose kernel a node is part of; itself if it starts one.
     *
     * @param output the node's first output
     * @param op the op type of the root
     */
    record KernelPart(Node node, Value output, Node root, String op) {
        public KernelPart(Node node, Node root) {
            this(node, node.output(0), root, root.opType());
        }
    }

    /** A BatchNormalization that the parser writes as elementwise ops, since a parameter is not a stored constant. */
    record LooseNormalization(Node node) {}

    /** The last tensor of a convolution layer: after its BatchNormalization and clamp. */
    record ConvOut(Node conv, Value tensor) {}

    /** The tensor is what a Conv computes, bias and BatchNormalization included, but no activation; it is read once. */
    record BareConv(Value tensor, Node conv) {}

    /** A pointwise node that is part of no convolution and no Myelin region. */
    record Elementwise(Node node) {}

    /** The pointwise node is joined with this last one by tensors that are read once. */
    record ChainEnd(Node node, Node end) {}

    /**
     * A node that ends a chain is read by another chain.
     *
     * @param chain the node that ends the chain
     * @param end the end of the chain that reads it; null where something else reads it
     */
    record ChainReader(Node chain, Node end) {}

    /** All readers of the pointwise node's output end in the same node. */
    record ReadsAll(Node node, Node end) {}

    /**
     * The node is part of the pointwise layer that ends with this node.
     * @param op the node's op type
     */
    record Pwn(Node node, String op, Value output, Node end) {}

    /** A tensor that a pointwise layer reads from outside. */
    record PwnInput(Node end, Value tensor) {}

    /** A Relu or Clip that is not fused into another layer. */
    record LoneClamp(Node node) {}

    /** An elementwise op that is a layer of its own: a Scale layer if it has a constant, a Unary layer if it rounds or is transcendental. */
    record ScaleOrUnaryLayer(Node node, Value in) {}

    /**
     * An elementwise layer that is one Add and could fuse into the convolution after one of its operands.
     * @param slot the input of the Add that is the branch
     */
    record AddCandidate(Node end, Node add, Node conv, Value branch, Value other, int slot) {}

    /** An Add that fuses into the convolution after its branch; the other operand is the residual. */
    record ConvAdd(Node end, Node add, Node conv, Value branch, Value other) {}

    /**
     * A pointwise layer with a PRelu that no convolution takes in.
     *
     * @param end the last node of the layer
     */
    record OwnPrelu(Node end) {}

    /** A pointwise layer that fuses into the convolution before it. */
    record ConvPwn(Node end, Node conv) {}

    /** The node is part of the kernel of a layer with weights. */
    record Fused(Node node, Node into) {}
}
