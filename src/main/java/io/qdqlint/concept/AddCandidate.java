package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * An elementwise layer that is one Add and could fuse into the convolution after one of its operands.
 * @param slot the input of the Add that is the branch
 */
public record AddCandidate(Node end, Node add, Node conv, Value branch, Value other, int slot) {}
