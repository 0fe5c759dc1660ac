package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** A Q reads the tensor and would have it in INT8 with this scale (a {@link io.qdqlint.fact.Scale#group()}). */
public record Wanted(Value tensor, int scale) {}
