package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A node that Myelin can take into a region. */
public record MyelinAble(Node node) {}
