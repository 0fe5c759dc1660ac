package io.qdqlint.fact;

import io.qdqlint.ir.Value;

/** A tensor that leaves the graph. */
public record GraphOutput(Value value) {}
