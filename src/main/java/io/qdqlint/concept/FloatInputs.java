package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The node has a {@link FloatSlot}. */
public record FloatInputs(Node node) {}
