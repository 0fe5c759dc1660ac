package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/products.drl}. */
public interface Products {
    /** The first kernel of a Myelin region that reads the tensor transposes it, too. */
    record TransposedEntry(Value tensor) {}

    /** The tensor is what a matrix product with a weight computes, or split off that; seen through views and the product's bias. */
    record ProductPart(Value tensor, Node product) {}

    /** A matrix product computes the tensor, seen through views. */
    record ProductOut(Value tensor, Node product) {}

    /** The kernel of a matrix product in a Myelin region writes the tensor in floating point. */
    record FloatProduct(Value tensor) {}

    /** A reduction that does not reduce the last axis. */
    record ColumnReduction(Node node) {}
}
