package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** A Q inside a Myelin region whose input, seen through reshaping, is this tensor. */
public record Entry(Value tensor, Quantize quantizer) {}
