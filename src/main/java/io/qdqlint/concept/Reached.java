package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Value;

/** The tensor holds, seen through copies, what a DQ gives that is requantized somewhere. */
public record Reached(Dequantize source, Value tensor) {}
