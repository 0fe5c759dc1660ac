package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The node is part of the pointwise layer that ends with this node.
 * @param op the node's op type
 */
public record Pwn(Node node, String op, Value output, Node end) {}
