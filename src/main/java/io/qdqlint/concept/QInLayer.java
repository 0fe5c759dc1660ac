package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Value;

/** The Q before this DQ is part of a kernel that can also take the requantization after the DQ. */
public record QInLayer(Dequantize dequantize, Value output) {}
