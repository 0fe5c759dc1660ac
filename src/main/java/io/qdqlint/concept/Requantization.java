package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * INT8 data in another scale than it is needed in, which no layer takes in.
 *
 * @param tensor the dequantized tensor
 * @param scale the scale group it is needed in
 * @param reader the Q, or the Concat with the Q after it
 * @param reason why, one sentence
 */
public record Requantization(Value tensor, int scale, Node reader, String reason) {}
