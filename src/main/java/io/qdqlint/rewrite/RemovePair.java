package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** Removes the pair; its readers read the tensor that it quantized. */
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
