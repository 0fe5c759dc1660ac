package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The Q with the largest scale of those that quantize a tensor, the first of equal ones: its scale clips nothing that another keeps. */
public record Widest(Value tensor, Node quantizer) {}
