package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/**
 * The codes that this quantizer gives are there because of the kernel: the kernel writes them ({@code layers} 0), or so many layers
 * between it and the tensor run in INT8 because of it.
 */
public record Feeds(StandAlone kernel, Value tensor, Quantize quantizer, int layers) {}
