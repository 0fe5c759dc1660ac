package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A copy that a Q can move above here. */
public record Passable(String op, Node node, Value in, Value out) {}
