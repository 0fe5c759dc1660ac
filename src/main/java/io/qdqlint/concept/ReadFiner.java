package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;

/** Something after the DQ makes use of its resolution: an op that computes, a graph output, or a Q of a finer scale. */
public record ReadFiner(Dequantize source) {}
