package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A tensor that is read in floating point, and could be read through a pair.
 *
 * @param at the node, or the end of the pointwise layer, all of whose open inputs are quantized together
 * @param extent {@link #NODE} or {@link #LAYER}
 * @param reader the node that reads the tensor
 * @param slot the input at which it does
 */
public record OpenInput(Node at, String extent, Node reader, int slot, Value tensor) {
    /** The inputs of one node. */
    public static final String NODE = "node";

    /** The inputs of a pointwise layer. */
    public static final String LAYER = "layer";
}
