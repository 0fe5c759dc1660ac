package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A kernel stays for the pair of this Q, and no layer with weights runs in INT8 because of it. */
public record CostlyPair(Node quantize) {}
