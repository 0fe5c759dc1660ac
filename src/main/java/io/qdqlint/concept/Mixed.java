package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is quantized with two scales, or in floating point as well: no Q moves above it. */
public record Mixed(Value tensor) {}
