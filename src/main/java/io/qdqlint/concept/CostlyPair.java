package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A kernel stays for the pair of this Q. */
public record CostlyPair(Node quantize) {}
