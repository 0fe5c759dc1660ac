package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * What a weighted node reads is quantized so that it can compute on it.
 *
 * @param precision as in {@link RunsIn}
 */
public record Quantized(Node node, String precision) {}
