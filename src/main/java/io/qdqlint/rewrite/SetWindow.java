package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;
import java.util.List;

/**
 * The convolution says its window, which ONNX else takes from the weight.
 *
 * @param window sizes of the window, the weight's dimensions from the third on
 */
public record SetWindow(String rule, Node at, List<Long> window) implements Rewrite {
    @Override
    public Phase phase() {
        return Phase.HYGIENE;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
