package io.qdqlint.fact;

/**
 * Two different scale groups so near that TensorRT takes them for one; given in both orders.
 *
 * @param scale a {@link Scale#group()}
 * @param other another
 */
public record SameScale(int scale, int other) {}
