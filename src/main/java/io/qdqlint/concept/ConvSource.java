package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The tensor a convolution reads, seen through its Q/DQ pair.
 *
 * @param scale the scale group of the pair
 */
public record ConvSource(Node conv, Value tensor, int scale) {}
