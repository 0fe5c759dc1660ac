package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;

/** A node that reads what a quantizer of a Myelin region gives, through DQ and reshaping. */
public record MyelinReader(Quantize quantizer, Node reader) {}
