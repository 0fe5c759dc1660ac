package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A layer reads its data as it is before the Q {@code data}, and its weight as it is before the pair of the DQ {@code weight}, or
 * what the stored codes stand for.
 *
 * @param range the tensor whose range, were it known, would make another remedy possible; null where there is none
 */
public record LeaveInFloat(String rule, Node at, Node layer, Node data, Node weight, Value range) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.PRECISION;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
