package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/partition.drl}. */
public interface Partition {
    /**
     * The node is part of a layer of the engine.
     *
     * @param layer the node that names the layer
     * @param kind convolution, scale, pointwise, pooling, resize, reduction, softmax, shuffle, copy or region
     */
    record LayerPart(Node node, Node layer, String kind) {}

    /** An activation after a pair. The layer that computes the pair's input fuses it. */
    record TakenIn(Node node, Node before) {}

    /** A Scale layer that TensorRT folds into the weights of the convolution before it. */
    record FoldedScale(Node node, Node conv) {}

    /** A Pad with zeros that the convolution does itself. */
    record PaddedConv(Node pad, Node conv) {}
}
