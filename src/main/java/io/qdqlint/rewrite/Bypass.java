package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** Removes an Identity, or a Cast to the type that its input has; its readers read its input. */
public record Bypass(String rule, Node at, Node node) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
