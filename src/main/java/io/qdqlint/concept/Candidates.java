package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/candidates.drl}. */
public interface Candidates {
    /** A tensor that a kernel converts, or a copy of such a tensor. */
    record Unsettled(Value tensor, StandAlone kernel) {}

    /** A node that reads a tensor in floating point, so that the kernel may have to stay. */
    record FloatReader(Node node, StandAlone kernel) {}

    /**
     * A tensor that is read in floating point, and could be read through a pair.
     *
     * @param at the node, or the end of the pointwise layer, all of whose open inputs are quantized together
     * @param extent {@link #NODE}, {@link #LAYER} or {@link #POOLING}
     * @param reader the node that reads the tensor
     * @param slot the input at which it does
     */
    record OpenInput(Node at, String extent, Node reader, int slot, Value tensor) {
        /** The inputs of one node. */
        public static final String NODE = "node";

        /** The inputs of a pointwise layer. */
        public static final String LAYER = "layer";

        /** The input of a pooling before a product. */
        public static final String POOLING = "pooling";
    }

    /** The pointwise layer with this end has a {@link FloatReader}. */
    record OpenLayer(Node end) {}

    /** There is an {@link OpenInput} of this node or layer. */
    record OpenInputs(Node at, String extent) {}

    /** The kernel may stay because the node or layer reads floating point; {@code at} and {@code extent} as in {@link OpenInput}. */
    record KernelBefore(Node at, String extent, StandAlone kernel) {}

    /** The kernel does the work of this Q, and of others that TensorRT merges with it. */
    record KernelOfPair(Node quantize, StandAlone kernel) {}

    /** A layer reads the pair of this Q and runs in INT8 because of it. */
    record PairOfLayer(Node quantize) {}

    /** A kernel stays for the pair of this Q, and no layer with weights runs in INT8 because of it. */
    record CostlyPair(Node quantize) {}
}
