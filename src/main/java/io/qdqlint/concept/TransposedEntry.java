package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The first kernel of a Myelin region that reads the tensor transposes it, too. */
public record TransposedEntry(Value tensor) {}
