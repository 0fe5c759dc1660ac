package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The value is what the source computes, quantized and dequantized at most.
 *
 * @param tensor what the source computes
 */
public record Carried(Value value, Node source, Value tensor) {}
