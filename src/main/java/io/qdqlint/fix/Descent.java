package io.qdqlint.fix;

import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a model whose forecast no candidate improves. Candidates are tried together, as most lie far apart; where together
 * they leave a kernel that was not there before, or save nothing, each half is tried.
 */
final class Descent {
    /** Forecasts that one fix takes at most; fewer for a model of many nodes. */
    static final int TRIALS = 400;

    /** The same for a model of any size. */
    private static final int FEWEST_TRIALS = 32;

    /** Nodes of all models that one fix forecasts: about a minute. */
    private static final int NODES = 400_000;

    /** The same for advice, which has to be quick. */
    static final int FEW = 8;

    /** Rounds of rules after an edit. */
    private static final int ROUNDS = 4;

    private final Forecasts forecasts;
    private final FixOptions options;
    private final Weights weights;

    Descent(Forecasts forecasts, FixOptions options, Weights weights) {
        this.forecasts = forecasts;
        this.options = options;
        this.weights = weights;
    }

    /** Forecasts that a fix of the model takes at most. */
    static int trials(Model model) {
        int nodes = Math.max(1, model.graph().nodes().size());
        return Math.max(FEWEST_TRIALS, Math.min(TRIALS, NODES / nodes));
    }

    /**
     * What some candidates are good for.
     *
     * @param worth those that make the forecast better
     * @param micros what each of those that removes no kernel saves
     * @param kernels the names of the kernels of the model with them
     * @param tried how many were tried; {@link Forecast#NOT_ALL} where that took too many forecasts
     */
    record Outcome(List<Candidate> worth, Map<Candidate, Double> micros, Set<String> kernels, int tried) {}

    /** Which of the candidates for a model are worth it. */
    Outcome outcome(State from) {
        List<Candidate> candidates = from.proposal().candidates();
        Round round = new Round(from);
        round.run(candidates);
        int tried = complete() ? candidates.size() : Forecast.NOT_ALL;
        return new Outcome(
                List.copyOf(round.good),
                Map.copyOf(round.micros),
                round.best.proposal().kernels(),
                tried);
    }

    /** A model with a better forecast; the given one where no candidate leads to one, or no forecast is left. */
    State next(State from) {
        Round round = new Round(from);
        round.run(from.proposal().candidates());
        return round.best;
    }

    /** Whether all candidates of the last model were tried. */
    boolean complete() {
        return forecasts.areLeft();
    }

    private State trial(State from, List<Candidate> candidates) {
        History history = from.history().forCandidates();
        List<Rewrite> edits = candidates.stream().map(Candidate::edit).toList();
        Plan plan = Planner.plan(from.model(), from.proposal().with(edits), options, weights, history);
        if (plan.edits().isEmpty()) {
            return from;
        }
        State after = from.after(plan, history, forecasts);
        Set<String> inserted = quantizers(after.model());
        inserted.removeAll(quantizers(from.model()));
        history.keep(from.history().kept());
        history.keep(inserted);
        return after;
    }

    private static Set<String> quantizers(Model model) {
        return model.graph().nodes().stream()
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .map(n -> n.output(0).name())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** After what the rules propose for the new pairs, such as to share a scale. */
    State closed(State edited) {
        State now = edited;
        for (int i = 0; i < ROUNDS && forecasts.areLeft(); i++) {
            History history = now.history().copy();
            Plan plan = now.plan(history, options, weights);
            if (plan.edits().isEmpty()) {
                break;
            }
            now = now.after(plan, history, forecasts);
        }
        return now;
    }

    /** What is added to one model. */
    private final class Round {
        private final State from;
        private final List<Candidate> good = new ArrayList<>();
        private final Map<Candidate, Double> micros = new HashMap<>();
        private State best;

        Round(State from) {
            this.from = from;
            this.best = from;
        }

        /**
         * Tries them: the largest sets first, of equal ones that of the lower rank. Of a model that does not build the forecast says
         * nothing.
         */
        void run(List<Candidate> candidates) {
            if (!from.judgement().builds()) {
                return;
            }
            Queue<List<Candidate>> sets = new PriorityQueue<>(Comparator.comparingInt((List<Candidate> s) -> -s.size())
                    .thenComparingInt(s -> s.get(0).rank())
                    .thenComparingInt(s -> s.get(0).finding().node().index()));
            for (int rank : candidates.stream().map(Candidate::rank).distinct().toList()) {
                List<Candidate> equal = candidates.stream()
                        .filter(c -> c.rank() == rank && c.aimsAtKernels())
                        .toList();
                if (!equal.isEmpty()) {
                    sets.add(equal);
                }
            }
            candidates.stream().filter(c -> !c.aimsAtKernels()).forEach(c -> sets.add(List.of(c)));
            while (!sets.isEmpty() && forecasts.areLeft()) {
                List<Candidate> some =
                        sets.remove().stream().filter(this::isOpen).toList();
                if (!some.isEmpty() && !add(some) && some.size() > 1) {
                    sets.add(some.subList(0, some.size() / 2));
                    sets.add(some.subList(some.size() / 2, some.size()));
                }
            }
        }

        /** Whether a kernel is left that the edit may remove, or what it may save is time. */
        private boolean isOpen(Candidate candidate) {
            return !candidate.aimsAtKernels()
                    || candidate.finding().kernels().stream()
                            .map(KernelKey::name)
                            .anyMatch(best.proposal().kernels()::contains);
        }

        private boolean add(List<Candidate> some) {
            State after = with(some);
            // A pair that is removed would come back with another scale.
            boolean inserts = some.stream().noneMatch(c -> c.edit() instanceof RemovePair);
            if (inserts && !accepts(some, after)) {
                after = closed(after);
            }
            if (!accepts(some, after)) {
                return false;
            }
            if (some.get(0).aimsAtKernels()) {
                take(some, after);
            } else {
                micros.put(
                        some.get(0),
                        best.judgement().micros() - after.judgement().micros());
                good.addAll(some);
                best = after;
            }
            return true;
        }

        private boolean accepts(List<Candidate> some, State after) {
            boolean better = after.judgement().betterThan(best.judgement());
            boolean fewer = after.judgement().layers() < best.judgement().layers();
            return better && (some.size() == 1 || fewer && isClean(after));
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
            if (useful.size() < some.size() && !useful.isEmpty() && forecasts.areLeft()) {
                State without = with(useful);
                if (!after.judgement().betterThan(without.judgement())
                        && !without.judgement().worseThan(after.judgement())) {
                    good.addAll(useful);
                    best = without;
                    return;
                }
            }
            good.addAll(some);
            best = after;
        }

        private boolean removes(Finding finding, State after) {
            return finding.kernels().stream()
                    .map(KernelKey::name)
                    .anyMatch(k -> !after.proposal().kernels().contains(k));
        }
    }
}
