package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The node becomes part of the kernel of the node before it. */
public record Fuses(Node node, Node into) {}
