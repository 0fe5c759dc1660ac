package io.qdqlint.fix;

import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Proposal;
import java.util.function.Function;

/** Makes forecasts and counts them: callers first check whether one is left. */
final class Forecasts {
    private final Function<Model, Proposal> lint;
    private int left;

    /**
     * @param lint what the rules propose for a model, and how it is judged
     * @param most forecasts that are made at most
     */
    Forecasts(Function<Model, Proposal> lint, int most) {
        this.lint = lint;
        this.left = most;
    }

    /** Whether one more may be made. */
    boolean areLeft() {
        return left > 0;
    }

    /** The forecast of a model, and what the rules propose for it. */
    Proposal of(Model model) {
        if (left == 0) {
            throw new IllegalStateException("no forecast is left");
        }
        left--;
        return lint.apply(model);
    }
}
