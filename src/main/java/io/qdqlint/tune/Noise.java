package io.qdqlint.tune;

import java.util.List;

/** How far two times must be apart to differ. */
public final class Noise {
    /** Share of a time that two runs of one engine may differ by where nothing was timed twice. */
    private static final double USUAL = 0.01;

    private final double share;

    /** From the rows that were timed more than once: the largest spread, at least half a percent. */
    public Noise(List<Trial> rows) {
        share = rows.stream()
                .filter(t -> t.millis().size() > 1)
                .mapToDouble(t -> Math.max(USUAL / 2, t.spread() / t.time()))
                .max()
                .orElse(USUAL);
    }

    /** Share of a time that does not count, such as 0.01. */
    public double share() {
        return share;
    }

    /** Whether {@code a} is faster by more than the spread. */
    public boolean faster(Trial a, Trial b) {
        return a.time() < b.time() * (1 - share);
    }

    /** Whether the two are equal within the spread. */
    public boolean equal(Trial a, Trial b) {
        return !faster(a, b) && !faster(b, a);
    }
}
