package io.qdqlint.concept;

import io.qdqlint.rewrite.QuantizeInput;

/** A pair that could be inserted at an input. */
public record MissingPair(OpenInput input, QuantizeInput edit) {}
