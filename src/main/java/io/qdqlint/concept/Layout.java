package io.qdqlint.concept;

import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/layout.drl}. */
public interface Layout {
    /**
     * A kernel that quantizes this tensor writes vectors of four channels, or rows, instead of vectors of 32: it has a faster
     * implementation.
     *
     * @param scale the scale group it writes
     */
    record FourWide(Value tensor, int scale) {}

    /**
     * A kernel that quantizes this image writes vectors of 32 channels, most of which are padding.
     *
     * @param conv the convolution that reads them
     * @param scale the scale group it writes
     */
    record PaddedImage(Node conv, Value tensor, int scale) {}

    /**
     * A first convolution that cannot fuse its activation: it writes FP32, and a pointwise layer quantizes.
     *
     * @param cost of the bytes that it moves beyond those in INT8
     */
    record SplitStem(Node conv, Node activation, Cost cost) {}
}
