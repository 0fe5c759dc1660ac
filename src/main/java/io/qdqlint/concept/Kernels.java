package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Comparator;

/** Concepts of {@code rules/tensorrt/kernels.drl}. */
public interface Kernels {
    /**
     * A kernel that does nothing but convert: a Q, a DQ or both that TensorRT could neither fuse, merge nor cancel.
     *
     * @param kind {@code quantize}, {@code dequantize} or {@code requantize}
     * @param tensor the tensor it reads
     * @param scale the scale group it writes or, for a dequantize, reads
     * @param reader for a requantize: the Q or Concat it stands before; otherwise the only reader it serves, null for all
     * @param reason why it stays, one sentence
     */
    record StandAlone(String kind, Value tensor, int scale, Node reader, String reason, Cost cost) {

        /** By tensor, then by scale and kind. */
        public static final Comparator<StandAlone> ORDER = (a, b) -> {
            int order = Integer.compare(a.tensor.id(), b.tensor.id());
            order = order != 0 ? order : Integer.compare(a.scale, b.scale);
            return order != 0 ? order : a.kind.compareTo(b.kind);
        };
    }

    /**
     * A quantize kernel that stays only because a convolution reads its input in floating point.
     *
     * @param node the convolution
     */
    record KernelForFloatConv(Value tensor, Node node, StandAlone kernel) {}

    /**
     * A dequantized tensor is read in floating point.
     * @param by the node that reads it so; null where it leaves the graph
     */
    record DequantizedFor(Value tensor, Node by) {}

    /** The pointwise layer with this end reads a tensor from outside that no DQ gives: activations in floating point, constants' DQs. */
    record FloatInput(Node end, Value tensor) {}

    /** The pointwise layer with this end has an input in floating point, so it needs all its inputs in floating point. */
    record FloatLayer(Node end) {}

    /**
     * A DQ that stays a kernel.
     * @param source the tensor its Q reads; its own input where there is no Q
     * @param reader where each reader has a kernel of its own, the reader; null otherwise
     */
    record KeptDq(Dequantize dequantize, Value source, Node reader) {}
}
