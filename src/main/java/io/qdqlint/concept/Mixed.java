package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is wanted in two scales, or in floating point as well: no Q moves above it. */
public record Mixed(Value tensor) {}
