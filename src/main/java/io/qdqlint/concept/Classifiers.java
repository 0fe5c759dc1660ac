package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/classifiers.drl}. */
public interface Classifiers {
    /** A matrix of features that is a view of images of one position. */
    record FlatImage(Value features, Value image) {}

    /**
     * A Gemm that reads the features of images of one position in INT8, and could be a 1x1 convolution of the images.
     *
     * @param image the tensor that the features are a view of
     */
    record ImageProduct(Node gemm, Value image) {}

    /** The node that computes the images of an {@link ImageProduct}. */
    record ProductSource(Node gemm, Node source) {}
}
