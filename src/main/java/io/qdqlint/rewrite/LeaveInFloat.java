package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** A layer reads its data as it is in front of {@code quantize}, and its weight in floating point. */
public record LeaveInFloat(String rule, Node at, Node layer, Node quantize) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.PRECISION;
    }
}
