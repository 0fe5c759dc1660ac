package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;

/** A pair whose Q alone reads the DQ before it, and whose DQ alone reads its Q. */
public record InRow(Dequantize before, Quantize quantize, Dequantize dequantize) {}
