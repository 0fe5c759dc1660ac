package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The pointwise layer with this end reads a tensor in floating point. */
public record FloatInput(Node end) {}
