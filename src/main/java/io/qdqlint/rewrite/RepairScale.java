package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** Elements of the quantizer's scale that are zero, negative, infinite or NaN get a value that TensorRT takes. */
public record RepairScale(String rule, Node at, Node quantizer) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
