package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/build.drl}. */
public interface Build {
    /**
     * A node at which TensorRT's parser or builder stops.
     *
     * @param kind the kind of defect, such as {@code zero-point}; a lint rule reports each kind
     * @param message what TensorRT prints
     */
    record Blocker(Node node, String kind, String message) {}

    /** Only the second node reads the result of the first, directly or through one Q/DQ pair. */
    record SoleReader(Node from, Node to) {}

    /** A Q or DQ of a model for a DLA, which runs neither. */
    record NotOnDla(Node node) {}
}
