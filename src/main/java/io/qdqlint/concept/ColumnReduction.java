package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A reduction that does not reduce the last axis. */
public record ColumnReduction(Node node) {}
