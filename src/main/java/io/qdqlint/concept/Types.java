package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/types.drl}. */
public interface Types {
    /**
     * A quantizer whose quantized type only later versions support.
     *
     * @param since the first version that does, such as {@code 10.8}
     */
    record LaterType(Node node, String since) {}
}
