package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The tensor is needed in floating point.
 * @param by the node that reads it so; null where it leaves the graph
 */
public record AskedInFloat(Value tensor, Node by) {}
