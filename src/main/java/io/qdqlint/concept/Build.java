package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/build.drl}. */
public interface Build {
    /**
     * A node at which TensorRT's parser or builder stops.
     *
     * @param kind what it stops at, such as {@code zero-point}; a lint rule reports each kind
     * @param message what TensorRT prints
     */
    record Blocker(Node node, String kind, String message) {}

    /** What the first node computes is read by the second alone, directly or through one Q/DQ pair. */
    record SoleReader(Node from, Node to) {}

    /** A Q or DQ of a model for a DLA, which runs neither. */
    record NotOnDla(Node node) {}
}
