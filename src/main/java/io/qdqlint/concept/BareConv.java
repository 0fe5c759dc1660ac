package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The tensor is what a Conv computes, bias and BatchNormalization included, but no activation; it is read once. */
public record BareConv(Value tensor, Node conv) {}
