package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** All readers of the pointwise node's output end in the same node. */
public record ReadsAll(Node node, Node end) {}
