package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The pointwise layer with this end has a {@link FloatReader}. */
public record OpenLayer(Node end) {}
