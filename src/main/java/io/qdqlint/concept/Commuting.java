package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/commuting.drl}. */
public interface Commuting {
    /**
     * Quantizing before the node gives the same as quantizing after it, so TensorRT swaps it with a Q: copies, MaxPool, clamps.
     * @param op the node's op type
     */
    record CommutesWithQ(Node node, String op, Value in, Value out) {}
}
