package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/**
 * A DQ reads stored codes itself; the nodes that only move elements between them move its result.
 *
 * @param between how many such nodes there are
 * @param axis the axis of the stored codes that the scales lie along; negative where there is none
 */
public record DequantizeFirst(String rule, Node at, Node dequantize, int between, int axis) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
