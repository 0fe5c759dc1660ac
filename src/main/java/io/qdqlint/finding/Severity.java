package io.qdqlint.finding;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
    /** TensorRT does not build the model, or computes wrong numbers. */
    ERROR,
    /** Costs time. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** {@code error}, {@code warning}, {@code note}: the words of SARIF. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if this is as bad as {@code other} or worse. */
    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
