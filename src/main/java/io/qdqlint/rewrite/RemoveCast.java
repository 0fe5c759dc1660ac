package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** A Cast to the type that its input has goes; what read it reads its input. */
public record RemoveCast(String rule, Node at, Node cast) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
