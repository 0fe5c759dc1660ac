package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The kernel of a matrix product in a Myelin region writes the tensor in floating point. */
public record FloatProduct(Value tensor) {}
