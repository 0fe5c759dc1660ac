package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A Gemm that reads the features of images of one position becomes a 1x1 Conv that reads the images, and a Flatten after it. Where a pair
 * quantizes the features, it quantizes the images instead.
 *
 * @param image the tensor that the features are a view of; what the pair gives where a pair comes before the view
 */
public record GemmAsConv(String rule, Node at, Node gemm, Value image) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.STRUCTURE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
