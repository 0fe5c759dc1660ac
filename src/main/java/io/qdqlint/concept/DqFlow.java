package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Value;

/** The tensor is INT8 data that the source dequantizes, possibly seen through copy ops. */
public record DqFlow(Value tensor, int scale, Dequantize source) {}
