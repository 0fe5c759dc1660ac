package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The kernel that computes the tensor could write it in INT8, were it wanted in one scale only. */
public record Writable(Value tensor) {}
