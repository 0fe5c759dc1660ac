package io.qdqlint.fix;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the steps of a round that make the forecast worse, by bisection. It tries the steps of one rule together before it
 * tries them one by one.
 */
final class Culprits {
    /** The largest number of forecasts for this in one fix. After these, steps are refused together. */
    private static final int TRIALS = 64;

    /** The beginning of the reason for refusing an edit that makes the forecast worse. */
    static final String HARM = "it would ";

    private final Forecasts forecasts;
    private final Weights weights;
    private int trials;

    Culprits(Forecasts forecasts, Weights weights) {
        this.forecasts = forecasts;
        this.weights = weights;
    }

    /** Bans from the history of {@code before} what makes the round worse that is planned for it: at least one step. A forecast is left. */
    void ban(State before, FixOptions allowed) {
        List<Step> steps =
                before.plan(before.history().copy(), allowed, weights).steps();
        State after = trial(before, steps, allowed);
        List<Step> good = new ArrayList<>();
        State best = split(before, before, after, good, steps, allowed);
        if (best.judgement().equals(after.judgement()) && good.size() == steps.size()) {
            refuse(before, steps, before, after);
        }
    }

    /**
     * @param best the model after {@code good}
     * @param after the model after {@code good} and {@code steps}, which is worse
     * @return the model after {@code good}, to which those of the steps are added that do no harm
     */
    private State split(State before, State best, State after, List<Step> good, List<Step> steps, FixOptions allowed) {
        if (steps.size() == 1 || trials >= TRIALS) {
            refuse(before, steps, best, after);
            return best;
        }
        int half = half(steps);
        State first = tryOut(before, best, good, steps.subList(0, half), allowed);
        return tryOut(before, first, good, steps.subList(half, steps.size()), allowed);
    }

    private State tryOut(State before, State best, List<Step> good, List<Step> steps, FixOptions allowed) {
        List<Step> all = new ArrayList<>(good);
        all.addAll(steps);
        if (!forecasts.areLeft()) {
            steps.forEach(
                    s -> before.history().ban(s.rewrite(), "not tried: the fix has made all forecasts that it may"));
            return best;
        }
        State after = trial(before, all, allowed);
        if (!after.worseThan(best, steps)) {
            good.addAll(steps);
            return after;
        }
        return split(before, best, after, good, steps, allowed);
    }

    private State trial(State before, List<Step> steps, FixOptions allowed) {
        trials++;
        History history = before.history().onlyFor(steps);
        return before.after(before.plan(history, allowed, weights), history, forecasts);
    }

    private static void refuse(State before, List<Step> steps, State best, State after) {
        String why = HARM + after.judgement().harm(best.judgement());
        String together = "with " + (steps.size() - 1) + " others " + why;
        steps.forEach(s -> before.history().ban(s.rewrite(), steps.size() == 1 ? why : together));
    }

    /** Where a rule ends, the nearest to the middle; the middle where all are of one rule. */
    private static int half(List<Step> steps) {
        int middle = steps.size() / 2;
        int best = 0;
        for (int i = 1; i < steps.size(); i++) {
            boolean ends = !steps.get(i)
                    .rewrite()
                    .rule()
                    .equals(steps.get(i - 1).rewrite().rule());
            if (ends && Math.abs(i - middle) < Math.abs(best - middle)) {
                best = i;
            }
        }
        return best == 0 ? middle : best;
    }
}
