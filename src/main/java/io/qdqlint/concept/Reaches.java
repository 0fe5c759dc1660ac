package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** What the first node computes is read by the second alone, directly or through one Q/DQ pair. */
public record Reaches(Node from, Node to) {}
