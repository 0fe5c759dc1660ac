package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is made by sums, clamps and copies of one that could have a pair. */
public record MadeOf(Value tensor) {}
