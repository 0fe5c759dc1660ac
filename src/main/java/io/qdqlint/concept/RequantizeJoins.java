package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** A dequantized tensor whose requantization is part of the kernel before it. */
public record RequantizeJoins(Value tensor) {}
