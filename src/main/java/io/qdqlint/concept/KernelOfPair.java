package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The kernel does the work of this Q, among others where they are merged. */
public record KernelOfPair(Node quantize, StandAlone kernel) {}
