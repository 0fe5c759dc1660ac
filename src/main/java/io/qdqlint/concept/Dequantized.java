package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/**
 * The tensor comes from a DQ of that precision ({@code int8}, {@code fp8}, {@code int4}), directly or through
 * reshaping.
 */
public record Dequantized(Value tensor, String precision) {}
