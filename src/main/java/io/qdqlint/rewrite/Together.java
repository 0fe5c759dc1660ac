package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;
import java.util.List;

/**
 * Edits that are made together or not at all, since one without the others saves nothing.
 *
 * @param parts {@link QuantizeInput}, {@link QuantizeOutput} and {@link GemmAsConv}
 */
public record Together(String rule, Node at, List<Rewrite> parts) implements Rewrite {
    public Together {
        parts = List.copyOf(parts);
    }

    @Override
    public Phase phase() {
        return Phase.STRUCTURE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
