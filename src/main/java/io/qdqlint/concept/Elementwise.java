package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A pointwise node that is part of no convolution and no Myelin region. */
public record Elementwise(Node node) {}
