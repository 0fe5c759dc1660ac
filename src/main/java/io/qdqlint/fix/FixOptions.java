package io.qdqlint.fix;

import io.qdqlint.rewrite.Exactness;

/**
 * What a fix may do.
 *
 * @param unsafe whether rewrites that change numerics are applied
 * @param maxScaleRatio the largest ratio of two scales that are made one; 4 costs the smaller one 2 bits of 8
 * @param calibration ranges for tensors that get a quantizer and have none to take a scale from
 * @param maxRounds lints and plans until this many rounds have changed something
 */
public record FixOptions(boolean unsafe, double maxScaleRatio, Calibration calibration, int maxRounds) {
    public static final double DEFAULT_RATIO = 4;

    /** Deep cascades seen in practice take four rounds. */
    public static final int DEFAULT_ROUNDS = 32;

    public static final FixOptions SAFE = new FixOptions(false, DEFAULT_RATIO, Calibration.NONE, DEFAULT_ROUNDS);
    public static final FixOptions UNSAFE = new FixOptions(true, DEFAULT_RATIO, Calibration.NONE, DEFAULT_ROUNDS);

    boolean allows(Exactness exactness) {
        return unsafe || exactness != Exactness.CHANGES_NUMERICS;
    }

    FixOptions safely() {
        return new FixOptions(false, maxScaleRatio, calibration, maxRounds);
    }
}
