package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;

/** A pair that becomes superfluous when those before it in its row are gone. */
public record SuperfluousInRow(Quantize quantize, Dequantize dequantize) {}
