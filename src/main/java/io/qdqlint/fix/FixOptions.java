package io.qdqlint.fix;

import io.qdqlint.fact.Tolerance;
import io.qdqlint.rewrite.Exactness;
import java.util.Map;

/**
 * What a fix may do.
 *
 * @param unsafe whether rewrites that change numerics are applied
 * @param tolerance the largest ratio of two scales that are made one
 * @param calibration ranges for tensors that get a quantizer and have none to take a scale from
 * @param observed by the output of a Q, how much of its input it clips when the model runs; empty where it was not run
 * @param maxRounds lints and plans until this many rounds have changed something
 */
public record FixOptions(
        boolean unsafe, Tolerance tolerance, Calibration calibration, int maxRounds, Map<String, Saturation> observed) {
    /** The deepest cascades seen in practice take four rounds. */
    public static final int DEFAULT_ROUNDS = 32;

    public static final FixOptions SAFE = new FixOptions(false, Tolerance.DEFAULT, Calibration.NONE, DEFAULT_ROUNDS);
    public static final FixOptions UNSAFE = new FixOptions(true, Tolerance.DEFAULT, Calibration.NONE, DEFAULT_ROUNDS);

    /** Of a model that was not run. */
    public FixOptions(boolean unsafe, Tolerance tolerance, Calibration calibration, int maxRounds) {
        this(unsafe, tolerance, calibration, maxRounds, Map.of());
    }

    /** With what running the model has shown. */
    public FixOptions seeing(Map<String, Saturation> observed) {
        return new FixOptions(unsafe, tolerance, calibration, maxRounds, observed);
    }

    /** With other ranges. */
    FixOptions withRanges(Calibration ranges) {
        return new FixOptions(unsafe, tolerance, ranges, maxRounds, observed);
    }

    boolean allows(Exactness exactness) {
        return unsafe || exactness != Exactness.CHANGES_NUMERICS;
    }

    FixOptions safely() {
        return new FixOptions(false, tolerance, calibration, maxRounds, observed);
    }
}
