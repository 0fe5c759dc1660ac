package io.qdqlint.fix;

import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Goes down to a model of which no candidate makes the forecast better. Candidates are tried together, as most lie far apart; where
 * together they leave a kernel that was not there before, or save nothing, each half is tried.
 */
final class Descent {
    /** Forecasts that one fix takes at most. */
    static final int TRIALS = 400;

    private static final int ROUNDS = 4;

    private final Function<Model, Proposal> lint;
    private final FixOptions options;
    private final Weights weights;
    private final Set<String> rejected = new HashSet<>();
    private int trials;

    Descent(Function<Model, Proposal> lint, FixOptions options, Weights weights) {
        this.lint = lint;
        this.options = options;
        this.weights = weights;
    }

    /** A model with a better forecast; the given one where no candidate leads to one, or the trials are used up. */
    State next(State from) {
        for (int rank : from.proposal().candidates().stream()
                .map(Candidate::rank)
                .distinct()
                .sorted()
                .toList()) {
            List<Candidate> open = from.proposal().candidates().stream()
                    .filter(c -> c.rank() == rank && !rejected.contains(key(c)))
                    .toList();
            Round round = new Round(from);
            round.add(open);
            if (round.best != from) {
                rejected.clear();
                return round.best;
            }
        }
        return from;
    }

    /** Whether the candidates of the last model were tried, each by itself. */
    boolean complete() {
        return trials < TRIALS;
    }

    private static String key(Candidate candidate) {
        return candidate.edit().toString();
    }

    private State trial(State from, List<Candidate> candidates) {
        trials++;
        History history = from.history().copy();
        List<Rewrite> edits = candidates.stream().map(Candidate::edit).toList();
        Plan plan = Planner.plan(from.model(), from.proposal().with(edits), options, weights, history);
        return plan.edits().isEmpty() ? from : from.after(plan, history, lint);
    }

    /** After what the rules propose for the new pairs, such as to share a scale. */
    private State closed(State edited) {
        State now = edited;
        for (int i = 0; i < ROUNDS; i++) {
            History history = now.history().copy();
            Plan plan = now.plan(history, options, weights);
            if (plan.edits().isEmpty()) {
                break;
            }
            trials++;
            now = now.after(plan, history, lint);
        }
        return now;
    }

    /** What is added to one model. */
    private final class Round {
        private final State from;
        private final List<Candidate> good = new ArrayList<>();
        private State best;

        Round(State from) {
            this.from = from;
            this.best = from;
        }

        void add(List<Candidate> some) {
            if (some.isEmpty() || trials >= TRIALS) {
                return;
            }
            State after = with(some);
            if (!accepts(some, after)) {
                after = closed(after);
            }
            if (accepts(some, after)) {
                take(some, after);
            } else if (some.size() == 1) {
                rejected.add(key(some.get(0)));
            } else {
                add(some.subList(0, some.size() / 2));
                add(some.subList(some.size() / 2, some.size()));
            }
        }

        private boolean accepts(List<Candidate> some, State after) {
            return after.judgement().betterThan(best.judgement()) && (some.size() == 1 || isClean(after));
        }

        private State with(List<Candidate> some) {
            List<Candidate> all = new ArrayList<>(good);
            all.addAll(some);
            return trial(from, all);
        }

        private boolean isClean(State after) {
            return best.proposal().kernels().containsAll(after.proposal().kernels());
        }

        /** Takes those in that removed a kernel; the others would be pairs for nothing. */
        private void take(List<Candidate> some, State after) {
            List<Candidate> useful =
                    some.stream().filter(c -> removes(c.finding(), after)).toList();
            if (useful.size() < some.size() && !useful.isEmpty()) {
                State without = with(useful);
                if (!after.judgement().betterThan(without.judgement()) && !without.judgement().worseThan(after.judgement())) {
                    good.addAll(useful);
                    best = without;
                    return;
                }
            }
            good.addAll(some);
            best = after;
        }

        private boolean removes(Finding finding, State after) {
            return finding.kernels().isEmpty()
                    || finding.kernels().stream()
                            .map(KernelKey::name)
                            .anyMatch(k -> !after.proposal().kernels().contains(k));
        }
    }
}
