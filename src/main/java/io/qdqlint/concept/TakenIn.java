package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** An activation after a pair, which the layer that computes the pair's input takes in. */
public record TakenIn(Node node, Node before) {}
