package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** An Add whose residual in floating point keeps a quantize kernel, before the Add or after it. */
public record ResidualKept(Node add) {}
