package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * A pointwise layer with a PRelu that no convolution takes in.
 *
 * @param end the last node of the layer
 */
public record OwnPrelu(Node end) {}
