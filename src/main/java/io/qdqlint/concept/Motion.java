package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/motion.drl}. */
public interface Motion {
    /** The tensor is INT8 data that the source dequantizes, possibly seen through copy ops. */
    record DqFlow(Value tensor, int scale, Dequantize source) {}

    /** A layer with one input that has an INT8 version, after a DQ: with a Q after it, it holds both. */
    record OneInput(Node node, Value in, Value out) {}

    /** A copy that a Q after it may move above, unless the output of the copy is needed in another way, too. */
    record QMayMoveAbove(String op, Node node, Value in, Value out) {}

    /** A quantizer of data that TensorRT moves up, as no region of Myelin holds it. */
    record Moves(Quantize quantizer) {}

    /** A Q reads the tensor and quantizes it with this scale (a {@link io.qdqlint.fact.Scale#group()}). */
    record ReadByQ(Value tensor, int scale) {}

    /**
     * The tensor is needed in floating point.
     * @param by the node that reads it so; null where it leaves the graph
     */
    record NeededInFloat(Value tensor, Node by) {}

    /** The tensor is quantized with two scales, or in floating point as well: no Q moves above it. */
    record Mixed(Value tensor) {}

    /**
     * The quantizer, moved up as far as TensorRT moves it, quantizes this tensor. Of those that come from one copy in one scale
     * the first stands for all; {@link MovedQs} knows the others.
     */
    record MovedQ(Value tensor, int scale, Quantize quantizer) {}

    /** The tensor is needed in INT8 with this scale (a {@link io.qdqlint.fact.Scale#group()}). */
    record NeededInInt8(Value tensor, int scale) {}

    /** The tensor is needed in INT8 in this one scale and in no other way. */
    record Pure(Value tensor, int scale) {}
}
