package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;

/** A quantizer of data that TensorRT moves up, as no region of Myelin holds it. */
public record Moves(Quantize quantizer) {}
