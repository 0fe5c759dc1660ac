package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The node that computes the tensor, seen through a lone clamp between two pairs. */
public record Maker(Value tensor, Node node) {}
