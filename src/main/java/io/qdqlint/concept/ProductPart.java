package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The tensor is what a matrix product with a weight computes, or split off that; seen through views and the product's bias. */
public record ProductPart(Value tensor, Node product) {}
