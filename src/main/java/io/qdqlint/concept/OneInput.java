package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A layer with one input that has an INT8 version, after a DQ: with a Q after it, it holds both. */
public record OneInput(Node node, Value in, Value out) {}
