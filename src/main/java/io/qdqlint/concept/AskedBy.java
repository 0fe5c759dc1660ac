package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** The quantizer, moved up as far as TensorRT moves it, quantizes this tensor. */
public record AskedBy(Value tensor, int scale, Quantize quantizer) {}
