package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;

/** The first of all that the quantizer is connected with: it names the scale group. */
public record Leader(Quantize quantizer, Quantize leader) {}
