package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;

/** A copy op that a member of the group this quantizer leads moves above. */
public record GroupCopy(Quantize leader, Node node) {}
