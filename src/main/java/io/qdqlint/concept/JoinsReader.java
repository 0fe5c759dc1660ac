package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A Q that, as a requantization, is part of the pointwise layer that alone reads it. */
public record JoinsReader(Node quantizer) {}
