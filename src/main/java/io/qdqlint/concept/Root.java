package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** The node whose kernel this node is part of; itself if it starts one. */
public record Root(Node node, Node root) {}
