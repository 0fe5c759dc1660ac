package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** A single number that is quantized when the engine runs. */
public record SingleNumber(Value value, Quantize quantizer) {}
