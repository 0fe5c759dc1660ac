package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * A node at which TensorRT's parser or builder stops.
 *
 * @param rule the lint rule that reports it
 * @param message what TensorRT prints
 */
public record Blocker(Node node, String rule, String message) {}
