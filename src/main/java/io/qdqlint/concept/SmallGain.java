package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * INT8 makes this layer faster by no more than so many microseconds.
 *
 * @param weight the DQ of its weight
 */
public record SmallGain(Node node, Node weight, double micros) {}
