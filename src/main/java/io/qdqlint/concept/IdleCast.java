package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A Cast of a quantizer's codes to the type that they have. */
public record IdleCast(Node cast, Node quantize) {}
