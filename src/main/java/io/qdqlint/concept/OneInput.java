package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A layer with one input that has an INT8 version, behind a DQ: with a Q behind it, it holds both. */
public record OneInput(Node node, Value in, Value out) {}
