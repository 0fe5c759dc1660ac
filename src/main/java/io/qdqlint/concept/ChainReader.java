package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * A node that ends a chain is read by another chain.
 *
 * @param chain the node that ends the chain
 * @param end the end of the chain that reads it; null where something else reads it
 */
public record ChainReader(Node chain, Node end) {}
