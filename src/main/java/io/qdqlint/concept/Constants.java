package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/constants.drl}. */
public interface Constants {
    /** A weight that is stored in one scale and quantized to another when the engine runs. */
    record RequantizedWeight(Value tensor, Quantize quantizer) {}

    /** A Q that is not folded into the constant it reads, so that it is computed when the engine runs. */
    record KeptQ(Value constant, Quantize quantizer) {}
}
