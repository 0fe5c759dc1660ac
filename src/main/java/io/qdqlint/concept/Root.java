package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The node whose kernel a node is part of; itself if it starts one.
 *
 * @param output the node's first output
 * @param op the op type of the root
 */
public record Root(Node node, Value output, Node root, String op) {
    public Root(Node node, Node root) {
        this(node, node.output(0), root, root.opType());
    }
}
