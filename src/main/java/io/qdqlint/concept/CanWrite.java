package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The kernel that computes the tensor could write INT8 if one Q were all that reads it.
 * @param by the node at which that kernel starts
 */
public record CanWrite(Value tensor, Node by, String how) {}
