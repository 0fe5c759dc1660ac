package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** The pair goes; what read it reads what it quantized. */
public record RemovePair(String rule, Node at, Node quantize, Node dequantize, Exactness exactness) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.STRUCTURE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
