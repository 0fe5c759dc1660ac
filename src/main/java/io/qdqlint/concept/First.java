package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** The first quantizer, in node order, of those that reach a tensor together. */
public record First(Value tensor, Quantize quantizer) {}
