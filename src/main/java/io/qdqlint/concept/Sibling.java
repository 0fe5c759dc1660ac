package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A convolution beside another of equal geometry on the same tensor: TensorRT merges the two. */
public record Sibling(Node conv) {}
