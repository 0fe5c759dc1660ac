package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The kernel may stay because the node or layer reads floating point; {@code at} and {@code extent} as in {@link OpenInput}. */
public record KernelBefore(Node at, String extent, StandAlone kernel) {}
