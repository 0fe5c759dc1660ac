package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A Relu or Clip that is not fused into another layer. */
public record LoneClamp(Node node) {}
