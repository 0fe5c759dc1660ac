package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A node that computes in FP32 because TensorRT takes its types from the file. */
public record RunsInFp32(Node node) {}
