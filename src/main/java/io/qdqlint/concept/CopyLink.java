package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The node moves the elements of one tensor into another without changing them, and TensorRT swaps it with a Q. */
public record CopyLink(Node node, Value in, Value out) {}
