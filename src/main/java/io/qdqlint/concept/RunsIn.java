package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Precision in which a weighted node computes: int8, fp8, int4 or float. */
public record RunsIn(Node node, String precision) {}
