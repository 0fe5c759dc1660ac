package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/**
 * The tensor is the output of a convolution running INT8, read by one node, so that an Add can fuse into that
 * convolution.
 */
public record ConvBranch(Value tensor) {}
