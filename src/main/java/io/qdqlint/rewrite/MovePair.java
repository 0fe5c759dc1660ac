package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** The pair moves to the other side of {@code past}, the only node that reads it or the one it reads. */
public record MovePair(String rule, Node at, Node quantize, Node dequantize, Node past, Exactness exactness)
        implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.STRUCTURE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
