package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;

/** A kernel that the group this quantizer leads would avoid with one scale. */
public record GroupKernel(Quantize leader, StandAlone kernel) {}
