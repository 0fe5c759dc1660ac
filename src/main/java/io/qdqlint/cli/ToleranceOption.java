package io.qdqlint.cli;

import io.qdqlint.fact.Tolerance;
import picocli.CommandLine.Option;

/** Which scales are near enough to become one. */
final class ToleranceOption {
    @Option(
            names = "--max-scale-ratio",
            paramLabel = "N",
            defaultValue = "4",
            description = "Largest ratio of two scales that are to become one; 4 costs the finer tensor 2 bits."
                    + " Default: ${DEFAULT-VALUE}.")
    private double ratio;

    Tolerance get() {
        if (!(ratio >= 1)) {
            throw new UsageException("--max-scale-ratio: " + ratio + " is not a ratio of 1 or more");
        }
        return new Tolerance(ratio);
    }
}
