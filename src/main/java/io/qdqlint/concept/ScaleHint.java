package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A Q whose scale a new pair of the tensor could take.
 *
 * @param distance the nearer, the better the scale fits: one of the constants
 * @param scale of the Q
 */
public record ScaleHint(Value tensor, int distance, Node like, double scale) {
    /** The Q quantizes the tensor. */
    public static final int OWN = 0;

    /** It moves up to the tensor. */
    public static final int MOVED = 1;

    /** It quantizes what the tensor is copied from. */
    public static final int SOURCE = 2;

    /** It quantizes what is made of the tensor. */
    public static final int MADE = 3;
}
