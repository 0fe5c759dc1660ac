package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A convolution whose own layer, with the Add it takes in, would write INT8: what the choice of its kernel looks at. */
public record WritesInt8(Node conv) {}
