package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** INT8 makes this layer faster by no more than so many microseconds. */
public record SmallGain(Node node, double micros) {}
