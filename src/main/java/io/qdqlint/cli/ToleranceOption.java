package io.qdqlint.cli;

import io.qdqlint.fact.Tolerance;

/** Which scales are near enough to become one. */
final class ToleranceOption {
    private double ratio;

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("--max-scale-ratio")
                .label("N")
                .byDefault("4")
                .says("Largest ratio of two scales that may become one; a ratio of 4 costs the finer tensor 2 bits."
                        + " Default: ${DEFAULT-VALUE}.")
                .to(Double.class, v -> ratio = v);
    }

    Tolerance get() {
        if (!(ratio >= 1)) {
            throw new UsageException("--max-scale-ratio: " + ratio + " is not a ratio of 1 or more");
        }
        return new Tolerance(ratio);
    }
}
