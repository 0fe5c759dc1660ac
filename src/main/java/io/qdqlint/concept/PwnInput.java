package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A tensor that a pointwise layer reads from outside. */
public record PwnInput(Node end, Value tensor) {}
