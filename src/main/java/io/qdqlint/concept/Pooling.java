package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A reduction that TensorRT turns into a pooling layer. */
public record Pooling(Node node) {}
