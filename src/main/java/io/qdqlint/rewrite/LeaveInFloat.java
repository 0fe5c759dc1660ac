package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A layer reads its data as it is in front of {@code quantize}, and its weight in floating point.
 *
 * @param range the tensor whose range, were it known, would make another remedy possible; null where there is none
 */
public record LeaveInFloat(String rule, Node at, Node layer, Node quantize, Value range) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.PRECISION;
    }
}
