package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The kernel that starts at this node can write INT8 when nothing but one Q reads it. */
public record Int8Writer(Node root, String how) {}
