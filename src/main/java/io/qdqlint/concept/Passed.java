package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The quantizer reaches the tensor by moving up through the node. */
public record Passed(Quantize quantizer, Value tensor, Node node) {}
