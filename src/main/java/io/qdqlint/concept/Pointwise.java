package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/pointwise.drl}. */
public interface Pointwise {
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
}
