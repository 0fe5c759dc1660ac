package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** The weight of a layer, stored in floating point, goes through a pair with a scale per output channel, max|w| / 127. */
public record QuantizeWeight(String rule, Node at, Node node) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.STRUCTURE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
