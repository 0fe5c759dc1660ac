package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A node around which TensorRT's Myelin compiler forms a region. */
public record Anchor(Node node) {}
