package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A kernel that stays because the residual of the Add is in floating point. */
public record ResidualCost(Node add, StandAlone kernel) {}
