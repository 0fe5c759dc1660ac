package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/**
 * The quantizer, moved up as far as TensorRT moves it, quantizes this tensor. Of those that come from one copy in one scale
 * the first stands for all; {@link Askers} knows the others.
 */
public record AskedBy(Value tensor, int scale, Quantize quantizer) {}
