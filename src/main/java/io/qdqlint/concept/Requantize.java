package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/requantize.drl}. */
public interface Requantize {
    /**
     * The tensor a convolution reads, seen through its Q/DQ pair.
     *
     * @param scale the scale group of the pair
     */
    record ConvSource(Node conv, Value tensor, int scale) {}

    /** A convolution beside another of equal geometry on the same tensor: TensorRT merges the two. */
    record Sibling(Node conv) {}

    /** The Q before this DQ is part of a kernel that can also take the requantization after the DQ. */
    record QInLayer(Dequantize dequantize, Value output) {}

    /** A clamp that bounds the codes which a depthwise convolution writes, and is part of it. */
    record DepthwiseClip(Node node) {}

    /** A dequantized tensor whose requantization is part of the kernel before it. */
    record RequantizeJoins(Value tensor) {}

    /** A Q whose requantization is part of the pointwise layer that is its only reader. */
    record JoinsReader(Node quantizer) {}

    /**
     * INT8 data that is needed in another scale, where no layer fuses the conversion.
     *
     * @param tensor the dequantized tensor
     * @param scale the scale group it is needed in
     * @param reader the Q, or the Concat with the Q after it
     * @param reason why, one sentence
     */
    record Requantization(Value tensor, int scale, Node reader, String reason) {}
}
