package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** An elementwise node whose pointwise layer reads several tensors: no convolution takes it in, with a pair before it or without. */
public record OwnLayer(Node node) {}
