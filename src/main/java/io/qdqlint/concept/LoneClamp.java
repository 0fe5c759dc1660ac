package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A Relu or Clip that is fused into nothing. */
public record LoneClamp(Node node) {}
