package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Proposal;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Reports the progress of a long fix on standard error: a line every ten seconds. A short fix prints none. */
final class FixProgress {
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Streams streams;
    private final int most;
    private final LongSupplier clock;
    private final long start;
    private long lastReport;
    private int forecasts;

    /**
     * @param most forecasts that the fix makes at most
     * @param clock nanoseconds since any moment
     */
    FixProgress(Streams streams, int most, LongSupplier clock) {
        this.streams = streams;
        this.most = most;
        this.clock = clock;
        start = clock.getAsLong();
        lastReport = start;
    }

    /** The same forecasts, counted. */
    Function<Model, Proposal> of(Function<Model, Proposal> lint) {
        return model -> {
            Proposal proposal = lint.apply(model);
            forecasts++;
            long now = clock.getAsLong();
            if (now - lastReport > QUIET_NANOS) {
                lastReport = now;
                streams.report(model.file() + ": fixing, " + forecasts + " of at most " + most + " forecasts ("
                        + (now - start) / 1_000_000_000L + " s)");
            }
            return proposal;
        };
    }
}
