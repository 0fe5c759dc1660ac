package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The node belongs to a region that Myelin compiles; for a Q or DQ: it is part of one of its kernels. */
public record Myelin(Node node) {}
