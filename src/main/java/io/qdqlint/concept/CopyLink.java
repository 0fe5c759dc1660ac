package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The node moves the elements of one tensor into another without changing them, and TensorRT swaps it with a Q.
 * @param op the node's op type
 */
public record CopyLink(Node node, String op, Value in, Value out) {}
