package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A matrix product computes the tensor, seen through views. */
public record ProductOut(Value tensor, Node product) {}
