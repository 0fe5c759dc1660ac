package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Value;

/**
 * A weight that a DQ gives, seen through reshaping.
 * @param transposed whether a Transpose stands between
 */
public record WeightPath(Value tensor, Dequantize source, boolean transposed) {}
