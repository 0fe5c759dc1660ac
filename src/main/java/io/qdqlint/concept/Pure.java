package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is needed in INT8 in this one scale and in no other way. */
public record Pure(Value tensor, int scale) {}
