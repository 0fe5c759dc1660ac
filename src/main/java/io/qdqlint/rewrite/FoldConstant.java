package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/** A dequantized constant (onnxruntime's INT32 bias) becomes a floating-point initializer with the same values. */
public record FoldConstant(String rule, Node at, Node dequantize) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
