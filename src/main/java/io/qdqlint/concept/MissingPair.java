package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.QuantizeInput;

/** A pair that could be inserted at an input of a node. */
public record MissingPair(Node node, int slot, Value tensor, QuantizeInput edit) {}
