package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** Stores clipped codes, and removes the Clip between them and their DQ. */
public record FoldClip(String rule, Node at, Node clip) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
