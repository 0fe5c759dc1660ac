package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Proposal;
import java.util.function.Function;

/** Reports on standard error how far a long fix is: a line now and then, none for a short one. */
final class FixProgress {
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Streams streams;
    private final long start = System.nanoTime();
    private long lastTold = start;
    private int forecasts;

    FixProgress(Streams streams) {
        this.streams = streams;
    }

    /** The same forecasts, which are counted. */
    Function<Model, Proposal> of(Function<Model, Proposal> lint) {
        return model -> {
            Proposal proposal = lint.apply(model);
            forecasts++;
            long now = System.nanoTime();
            if (now - lastTold > QUIET_NANOS) {
                lastTold = now;
                streams.tell(model.file() + ": fixing, " + forecasts + " forecasts so far ("
                        + (now - start) / 1_000_000_000L + " s)");
            }
            return proposal;
        };
    }
}
