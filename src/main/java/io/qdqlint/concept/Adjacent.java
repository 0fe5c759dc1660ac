package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Two nodes that a region may hold together: one reads the other, directly or through Q/DQ. */
public record Adjacent(Node from, Node to) {}
