package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/precision.drl}. */
public interface Precision {
    /**
     * A weight that a DQ gives, seen through reshaping.
     * @param transposed whether a Transpose stands between
     */
    record WeightPath(Value tensor, Dequantize source, boolean transposed) {}

    /** The output of an activation's DQ, seen through reshaping, which a matrix product needs to run in INT8. */
    record DataPath(Value tensor, Dequantize source) {}

    /** A convolution for whose type, shape and surroundings TensorRT has no kernel in INT8 or FP8. */
    record NoInt8(Node node) {}

    /** A convolution whose layer, with the Add that it fuses, ends before a Q: TensorRT looks for a kernel that writes INT8. */
    record ConvWritesInt8(Node conv) {}

    /**
     * A node with a weight whose inputs are quantized, so that it computes on codes.
     *
     * @param precision as in {@link RunsIn}
     */
    record Quantized(Node node, String precision) {}

    /** A matrix product whose weight has its scales along another axis than that of the output channels. */
    record InputChannelScales(Node node, Dequantize weight) {}

    /**
     * Precision in which a weighted node computes.
     *
     * @param op the node's op type
     * @param precision int8, fp8, int4 or float
     */
    record RunsIn(Node node, String op, String precision) {
        public RunsIn(Node node, String precision) {
            this(node, node.opType(), precision);
        }
    }

    /**
     * A layer whose weight is quantized and whose data is not: it runs in floating point.
     *
     * @param weight the DQ of its weight
     */
    record WeightOnly(Node node, Value data, Node weight) {}
}
