package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A convolution for whose shape and surroundings TensorRT has no INT8 kernel. */
public record NoInt8(Node node) {}
