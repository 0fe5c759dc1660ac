package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** A Q that is not folded into the constant it reads, so that it is computed when the engine runs. */
public record KeptQ(Value constant, Quantize quantizer) {}
