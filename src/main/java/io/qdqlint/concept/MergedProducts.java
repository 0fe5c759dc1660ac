package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** Several products read the tensor in one INT8 form and are one kernel. */
public record MergedProducts(Value tensor) {}
