package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/**
 * An input of a node reads its tensor through a pair. {@code like} is a Q whose scale is taken; if it quantizes the
 * very tensor, its own pair is read. Null where no scale is known, which takes a calibration file, or the bound.
 *
 * @param bound a magnitude that the tensor can't exceed; NaN where none is known
 */
public record QuantizeInput(String rule, Node at, Node node, int slot, Node like, double bound) implements Rewrite {
    /** Without a bound. */
    public QuantizeInput(String rule, Node at, Node node, int slot, Node like) {
        this(rule, at, node, slot, like, Double.NaN);
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
