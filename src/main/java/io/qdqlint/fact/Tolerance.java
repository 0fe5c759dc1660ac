package io.qdqlint.fact;

/**
 * What one scale for several quantizers may cost.
 *
 * @param scaleRatio the largest ratio of two scales that are made one; a ratio of 4 costs the finer tensor 2 bits of 8
 */
public record Tolerance(double scaleRatio) {
    public static final Tolerance DEFAULT = new Tolerance(4);
}
