package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;

/**
 * A QuantizeLinear node.
 *
 * @param input the tensor it quantizes, seen through Identity
 * @param shape shape of the input; null when not known
 * @param range what the input can hold, as far as its producers say
 * @param originalScale its largest scale before a fix gave it one scale with others; the present one where no fix did
 * @param group {@code scale().group()}, repeated here so that joins hash on it
 * @param constant whether the input is a constant: a weight
 * @param live whether its output is needed for a graph output
 */
public record Quantize(
        Node node,
        Value input,
        Value output,
        Shape shape,
        Range range,
        Scale scale,
        double originalScale,
        int group,
        boolean constant,
        boolean live) {
    // A node has one such fact; comparing the fields of records over and over costs the rules a tenth of their time.

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return node.index();
    }
}
