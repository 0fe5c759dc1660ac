package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A clamp that bounds the codes which a depthwise convolution writes, and is part of it. */
public record DepthwiseClip(Node node) {}
