package io.qdqlint.concept;

import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;

/**
 * A pair that keeps two nodes from becoming one kernel.
 * @param kind conv-bn, conv-activation, gate or residual
 */
public record LostFusion(Pair pair, Node before, Node after, String kind, Cost cost) {}
