package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** A dequantized value reaches the tensor through copy ops. */
public record Flow(Value tensor, int scale) {}
