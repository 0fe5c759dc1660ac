package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** The quantizer, given by its Q or DQ, gets as many zero points as it has scales, all 0. */
public record MatchZeroPoint(String rule, Node at, Node quantizer) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
