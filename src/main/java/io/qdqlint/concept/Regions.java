package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/regions.drl}. */
public interface Regions {
    /** A reduction that TensorRT turns into a pooling layer. */
    record Pooling(Node node) {}

    /** A node that Myelin can take into a region. */
    record MyelinAble(Node node) {}

    /** A node around which TensorRT's Myelin compiler forms a region. */
    record Anchor(Node node) {}

    /** A BatchNormalization that becomes part of the weights of the convolution before it. */
    record FoldedNormalization(Node node) {}

    /**
     * The value is what the source computes, quantized and dequantized at most.
     *
     * @param tensor what the source computes
     */
    record Carried(Value value, Node source, Value tensor) {}

    /** Two nodes that a region may hold together: one reads the other, directly or through Q/DQ. */
    record Adjacent(Node from, Node to) {}

    /** The node belongs to a region that Myelin compiles; for a Q or DQ: it is part of one of its kernels. */
    record Myelin(Node node) {}
}
