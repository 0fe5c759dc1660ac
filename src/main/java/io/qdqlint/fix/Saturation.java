package io.qdqlint.fix;

/**
 * How much of its input a Q clips when the model runs.
 *
 * @param below share of the values below its range, 0 to 1
 * @param above share of the values above its range, 0 to 1
 */
public record Saturation(double below, double above) {
    static final Saturation NONE = new Saturation(0, 0);

    /**
     * Calibration clips up to this share: percentiles of 99.9 and more are usual, and random inputs give a little more. A
     * larger share changes what the network computes.
     */
    static final double RARE = 0.01;
}
