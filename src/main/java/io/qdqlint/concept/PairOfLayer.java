package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A layer reads the pair of this Q and runs in INT8 because of it. */
public record PairOfLayer(Node quantize) {}
