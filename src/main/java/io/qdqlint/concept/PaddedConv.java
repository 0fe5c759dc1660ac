package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A Pad with zeros that the convolution does itself. */
public record PaddedConv(Node pad, Node conv) {}
