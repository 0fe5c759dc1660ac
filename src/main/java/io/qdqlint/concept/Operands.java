package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/operands.drl}. */
public interface Operands {
    /** An Add that TensorRT would fuse into the convolution after the branch, were the residual dequantized; {@code out} is what the fused layer computes. */
    record ResidualAdd(Node add, Value branch, Value residual, Value out) {}

    /** A kernel that stays because the residual of the Add is in floating point. */
    record ResidualCost(Node add, StandAlone kernel) {}

    /** An Add whose residual in floating point keeps a quantize kernel, before the Add or after it. */
    record ResidualKept(Node add) {}

    /**
     * An operand in floating point keeps an elementwise node from reading the other, which is dequantized, in INT8.
     *
     * @param op the node's op type
     * @param slot the input that reads the operand
     * @param out what the pointwise layer of the node computes
     * @param kernel the dequantize kernel of the other operand
     */
    record FloatOperand(Node node, String op, int slot, Value operand, Value out, StandAlone kernel) {}

    /**
     * An activation that takes more time in a convolution than in the pointwise layer after it.
     *
     * @param tensor what the activation writes
     */
    record SlowInConv(Node activation, Value tensor) {}
}
