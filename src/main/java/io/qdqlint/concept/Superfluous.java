package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;

/**
 * A pair that adds no resolution to that of the pair before or after it, with which it makes a requantize kernel: without
 * it values are rounded once.
 */
public record Superfluous(StandAlone kernel, Quantize quantize, Dequantize dequantize) {}
