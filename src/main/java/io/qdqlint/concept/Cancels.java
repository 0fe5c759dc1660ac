package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;

/** What the first quantizes reaches the second dequantized, through copies at most: with one scale DQ and Q cancel. */
public record Cancels(Quantize front, Quantize behind) {}
