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

    /** The result of a Conv, with bias and BatchNormalization but without activation; the tensor has one reader. */
    record BareConv(Value tensor, Node conv) {}
}
