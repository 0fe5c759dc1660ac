package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** A weight that is stored in one scale and quantized to another when the engine runs. */
public record RequantizedWeight(Value tensor, Quantize quantizer) {}
