package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** All that reads the node's first output reads it through a pair; {@code like} as in {@link QuantizeInput}. */
public record QuantizeOutput(String rule, Node at, Node node, Node like) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.STRUCTURE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
