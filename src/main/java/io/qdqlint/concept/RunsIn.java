package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * Precision in which a weighted node computes.
 *
 * @param op the node's op type
 * @param precision int8, fp8, int4 or float
 */
public record RunsIn(Node node, String op, String precision) {
    public RunsIn(Node node, String precision) {
        this(node, node.opType(), precision);
    }
}
