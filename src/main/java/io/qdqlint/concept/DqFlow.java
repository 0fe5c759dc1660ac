package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is INT8 data of this scale that was dequantized, possibly seen through copy ops. */
public record DqFlow(Value tensor, int scale) {}
