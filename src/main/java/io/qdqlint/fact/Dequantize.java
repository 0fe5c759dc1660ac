package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;

/**
 * A DequantizeLinear node.
 *
 * @param input the tensor it dequantizes, seen through Identity
 * @param inputType element type of the input, INT32 also where only the zero point says it; UNDEFINED when not known
 * @param shape shape of the input; null when not known
 * @param group {@code scale().group()}, repeated here so that joins hash on it
 * @param constant whether what it dequantizes is a constant, directly or through a QuantizeLinear: a weight
 * @param live whether its output is needed for a graph output
 */
public record Dequantize(
        Node node,
        Value input,
        DataType inputType,
        Value output,
        Shape shape,
        Scale scale,
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
