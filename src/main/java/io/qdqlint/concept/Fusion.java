package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/fusion.drl}. */
public interface Fusion {
    /** A Q whose output a DQ reads, on an activation. */
    record Pair(Quantize quantize, Dequantize dequantize) {}

    /** A pair between two nodes: nothing but the pair reads the output of the first. */
    record PairBetween(Pair pair, Node before, Node after) {}

    /**
     * A pair that keeps two nodes from becoming one kernel.
     * @param kind conv-bn, conv-activation, gate or residual
     */
    record LostFusion(Pair pair, Node before, Node after, String kind, Cost cost) {}

    /** An elementwise node whose pointwise layer reads several tensors: no convolution fuses it, with a pair before it or without. */
    record OwnLayer(Node node) {}
}
