package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/writers.drl}. */
public interface Writers {
    /**
     * The kernel that computes the tensor could write INT8 if one Q were all that reads it.
     * @param by the node at which that kernel starts
     */
    record Int8Writer(Value tensor, Node by, String how) {}

    /** The Q of this tensor is part of the kernel that computes it, which starts at this node. */
    record Absorbed(Value tensor, Node by) {}

    /** The kernel would go if this average pool read its input in INT8, which nothing stands against. */
    record PoolInFloat(StandAlone kernel, Node pool, Value in, int slot) {}
}
