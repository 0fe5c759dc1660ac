package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;

/** A pair that meets, in its row, one in front that has its scale. */
public record EqualInRow(Quantize front, Quantize quantize, Dequantize dequantize) {}
