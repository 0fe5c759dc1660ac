package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** An Add that fuses into the convolution after its branch; the other operand is the residual. */
public record ConvAdd(Node end, Node add, Node conv, Value branch, Value other) {}
