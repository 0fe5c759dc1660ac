package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A single Add, Sub, Mul, Div or Pow with a constant: TensorRT's Scale layer. */
public record ScaleLayer(Node node, Value in) {}
