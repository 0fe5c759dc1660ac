package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** An Add that TensorRT would fuse into the convolution after the branch, were the residual dequantized; {@code out} is what the fused layer computes. */
public record ResidualAdd(Node add, Value branch, Value residual, Value out) {}
