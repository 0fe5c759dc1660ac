package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The pointwise layer with this end has an input in floating point, so that it needs all in floating point. */
public record FloatLayer(Node end) {}
