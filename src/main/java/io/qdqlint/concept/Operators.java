package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/operators.drl}. */
public interface Operators {
    /** A node for which the parser has no importer, so that it looks for a plugin of its name. */
    record PluginLayer(Node node) {}

    /**
     * A node of an operator that only later versions import.
     *
     * @param since the first version that imports it, such as {@code 10.12}
     */
    record LaterOperator(Node node, String since) {}
}
