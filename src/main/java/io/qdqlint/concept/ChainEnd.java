package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The pointwise node is joined with this last one by tensors that are read once. */
public record ChainEnd(Node node, Node end) {}
