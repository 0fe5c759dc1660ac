package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** An Add whose residual in floating point keeps a quantize kernel, in front of the Add or behind it. */
public record ResidualKept(Node add) {}
