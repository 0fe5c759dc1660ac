package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A BatchNormalization that becomes part of the weights of the convolution before it. */
public record FoldedNormalization(Node node) {}
