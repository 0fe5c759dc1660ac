package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is needed in INT8 with this scale (a {@link io.qdqlint.fact.Scale#group()}). */
public record Asked(Value tensor, int scale) {}
