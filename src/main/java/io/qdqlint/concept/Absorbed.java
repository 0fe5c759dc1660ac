package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The Q of this tensor is part of the kernel that computes it, which starts at this node. */
public record Absorbed(Value tensor, Node by) {}
