package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A BatchNormalization that the parser writes as elementwise ops, since a parameter is not a stored constant. */
public record LooseNormalization(Node node) {}
