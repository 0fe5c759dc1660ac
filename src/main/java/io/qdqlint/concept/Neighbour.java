package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;

/** Two quantizers that reach one tensor; given in both orders. */
public record Neighbour(Quantize quantizer, Quantize other) {}
