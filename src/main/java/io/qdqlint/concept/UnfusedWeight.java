package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A weight that stays outside of its layer, because something besides its DQ reads its codes.
 *
 * @param quantize the Q that computes the codes
 * @param layer the layer that reads the dequantized weight
 */
public record UnfusedWeight(Node quantize, Value codes, Node layer) {}
