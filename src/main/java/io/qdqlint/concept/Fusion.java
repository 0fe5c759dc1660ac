package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/fusion.drl}. */
public interface Fusion {
    /** A Q whose output a DQ reads, on an activation. */
    record Pair(Quantize quantize, Dequantize dequantize) {}

    /** A pair that alone stands between two nodes: nothing else reads what the first computes. */
    record PairBetween(Pair pair, Node before, Node after) {}

    /**
     * A pair that keeps two nodes from becoming one kernel.
     * @param kind conv-bn, conv-activation, gate or residual
     */
    record LostFusion(Pair pair, Node before, Node after, String kind, Cost cost) {}

    /** An elementwise node whose pointwise layer reads several tensors: no convolution takes it in, with a pair before it or without. */
    record OwnLayer(Node node) {}

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
     * An activation that a convolution takes longer with than the pointwise layer after it would.
     *
     * @param tensor what the activation writes
     */
    record SlowInConv(Node activation, Value tensor) {}
}
