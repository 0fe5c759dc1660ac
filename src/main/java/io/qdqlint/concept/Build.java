package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/build.drl}. */
public interface Build {
    /**
     * A node at which TensorRT's parser or builder stops.
     *
     * @param rule the lint rule that reports it
     * @param message what TensorRT prints
     */
    record Blocker(Node node, String rule, String message) {}

    /** What the first node computes is read by the second alone, directly or through one Q/DQ pair. */
    record Reaches(Node from, Node to) {}
}
