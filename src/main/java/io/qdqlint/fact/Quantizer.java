package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;

/**
 * A QuantizeLinear or DequantizeLinear node: what is true of both.
 *
 * @param input the tensor it reads, seen through Identity
 * @param shape shape of the input; null when not known
 * @param constant whether it stands for a weight: {@link Quantize#constant()}, {@link Dequantize#constant()}, or other nodes pass stored codes
 *     to it
 * @param quantize for a DQ the Q whose codes it reads; null for a DQ of other codes, and for a Q
 */
public record Quantizer(Node node, Value input, Shape shape, Scale scale, boolean constant, Node quantize) {
    // A node has one such fact, as with Quantize and Dequantize.

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return node.index();
    }
}
