package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** There is an {@link OpenInput} of this node or layer. */
public record OpenInputs(Node at, String extent) {}
