package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;

/** The quantizer is connected with the leader by neighbours. */
public record Label(Quantize quantizer, Quantize leader) {}
