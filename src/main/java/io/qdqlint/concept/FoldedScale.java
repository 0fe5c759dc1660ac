package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A Scale layer that the convolution before it takes into its weights. */
public record FoldedScale(Node node, Node conv) {}
