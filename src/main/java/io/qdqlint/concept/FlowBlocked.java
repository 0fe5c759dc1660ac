package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** What reaches the tensor is not dequantized in one scale. */
public record FlowBlocked(Value tensor) {}
