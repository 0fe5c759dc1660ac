package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;
import java.util.List;

/** The quantizers, each given by its Q or its DQ, get one scale: the largest of theirs, which clips nothing more. */
public record UnifyScales(String rule, Node at, List<Node> members) implements Rewrite {
    public UnifyScales {
        members = List.copyOf(members);
    }

    @Override
    public Phase phase() {
        return Phase.SCALES;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
