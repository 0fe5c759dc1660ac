package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is quantized with two scales that TensorRT does not take for one. */
public record ScaleConflict(Value tensor) {}
