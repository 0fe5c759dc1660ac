package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;

/** An earlier pair in the same chain as a Q at the entry of a Myelin region: one kernel computes both. */
public record EntryPair(Quantize quantizer, Node quantize, Node dequantize) {}
