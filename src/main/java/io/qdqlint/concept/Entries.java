package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/entries.drl}. */
public interface Entries {
    /** A Q inside a Myelin region whose input, seen through reshaping, is this tensor. */
    record RegionQ(Value tensor, Quantize quantizer) {}

    /** An earlier pair in the same chain as a Q at the entry of a Myelin region: one kernel computes both. */
    record EntryPair(Quantize quantizer, Node quantize, Node dequantize) {}

    /** A node that reads the output of a quantizer of a Myelin region, through DQ and reshaping. */
    record MyelinReader(Quantize quantizer, Node reader) {}

    /** A Q of a Myelin region whose tensor a kernel of the same region writes, in INT8 if needed. */
    record Inside(Value tensor, Quantize quantizer) {}
}
