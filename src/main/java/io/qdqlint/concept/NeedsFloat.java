package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A dequantized tensor is read in floating point.
 * @param by the node that reads it so; null where it leaves the graph
 */
public record NeedsFloat(Value tensor, Node by) {}
