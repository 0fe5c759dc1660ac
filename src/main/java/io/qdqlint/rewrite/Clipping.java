package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/**
 * A QuantizeLinear clips values that its input can hold. Values outside of {@code low} to {@code high} are clipped there.
 * They come back when the quantizer gets a wider range or is removed.
 *
 * @param quantize the Q
 * @param low the smallest value that has a code
 * @param high the largest value that has a code
 * @param below whether the input can hold values below {@code low}
 * @param above whether the input can hold values above {@code high}
 * @param activationBelow whether the clipping at {@code low} is the layer's activation function, which the exporter left out
 * @param activationAbove the same for {@code high}
 */
public record Clipping(
        Node quantize,
        double low,
        double high,
        boolean below,
        boolean above,
        boolean activationBelow,
        boolean activationAbove) {}
