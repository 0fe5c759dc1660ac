package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/writers.drl}. */
public interface Writers {
    /**
     * The kernel that computes the tensor could write INT8 if one Q were the tensor's only reader.
     * @param by the node at which that kernel starts
     */
    record Int8Writer(Value tensor, Node by, String how) {}

    /** The Q of this tensor is part of the kernel that computes it, which starts at this node. */
    record Absorbed(Value tensor, Node by) {}

    /** TensorRT would not need the kernel if this average pool read its input in INT8, and nothing prevents that. */
    record PoolInFloat(StandAlone kernel, Node pool, Value in, int slot) {}
}
