package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * A pair that could be inserted at an input.
 *
 * @param like the Q whose scale it takes; null where that needs a calibration
 */
public record MissingPair(OpenInput input, Node like) {}
