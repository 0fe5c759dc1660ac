package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;

/** A Q whose output a DQ reads, on an activation. */
public record Pair(Quantize quantize, Dequantize dequantize) {}
