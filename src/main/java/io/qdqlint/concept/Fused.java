package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The node is part of the kernel of a layer with weights. */
public record Fused(Node node, Node into) {}
