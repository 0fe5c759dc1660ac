package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The node reads a tensor in floating point, which may be why the kernel stays. */
public record FloatReader(Node node, StandAlone kernel) {}
