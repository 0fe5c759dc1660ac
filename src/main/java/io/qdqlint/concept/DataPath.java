package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Value;

/** An activation that a DQ gives, seen through reshaping: what a matrix product looks for. */
public record DataPath(Value tensor, Dequantize source) {}
