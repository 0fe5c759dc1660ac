package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The last tensor of a convolution layer: after its BatchNormalization and clamp. */
public record ConvOut(Node conv, Value tensor) {}
