package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** A Q of a Myelin region whose tensor a kernel of the same region writes, in INT8 if need be. */
public record Inside(Value tensor, Quantize quantizer) {}
