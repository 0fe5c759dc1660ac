package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A pair that alone stands between two nodes: nothing else reads what the first computes. */
public record PairBetween(Pair pair, Node before, Node after) {}
