package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The tensor, or what is made of it by sums, clamps and copies, is quantized by this Q. */
public record ScaleBelow(Value tensor, Node like) {}
