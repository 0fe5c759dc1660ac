package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A pointwise layer that fuses into the convolution before it. */
public record ConvPwn(Node end, Node conv) {}
