package io.qdqlint.fact;

import io.qdqlint.ir.Node;

/** A node that constants alone determine, and whose result is needed. */
public record Settled(Node node, String opType) {}
