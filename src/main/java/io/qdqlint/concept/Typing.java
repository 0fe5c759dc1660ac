package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/typing.drl}. */
public interface Typing {
    /** A node that computes in FP32 because TensorRT takes its types from the file. */
    record RunsInFp32(Node node) {}
}
