package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** The quantizer, given by its Q or DQ, gets type INT8 and zero point 0. Exact for UINT8 with zero point 128. */
public record MakeSymmetric(String rule, Node at, Node quantizer) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
