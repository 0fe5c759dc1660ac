package io.qdqlint.fix;

import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Lints, applies what the rules propose, and lints again until nothing changes. Exact rewrites come first, so that the model
 * after them can be compared with the original bit for bit. A round may make the forecast worse where a later one makes up for
 * it; where none does, the steps at fault are refused.
 */
public final class Fixer {
    /** Enough for all models unless rules undo each other. Each repetition takes about as long as the first pass. */
    private static final int MOST_REPEATS = 3;

    /** Forecasts that the rounds of the rules take at most, with the search for edits at fault. */
    private static final int ROUNDS = 160;

    private final Function<Model, Proposal> lint;
    private final FixOptions options;
    private final Weights weights;
    private final Forecasts rounds;
    private final Culprits culprits;
    private List<Refusal> refusals = List.of();
    private boolean settled;
    private int tried;

    /**
     * @param lint what the rules propose for a model, and how it is judged
     * @param weights of the model's file; stay open until the fixed model is written
     */
    public Fixer(Function<Model, Proposal> lint, FixOptions options, Weights weights) {
        this.lint = lint;
        this.options = options;
        this.weights = weights;
        this.rounds = new Forecasts(lint, ROUNDS);
        this.culprits = new Culprits(rounds, weights);
    }

    /** Forecasts that a fix of the model makes at most: of the model itself, after rounds of rules, and to try candidates. */
    public static int mostForecasts(Model model, FixOptions options) {
        return 1 + ROUNDS + (options.unsafe() ? Descent.trials(model) + Descent.FEW : 0);
    }

    /** Fixes one model. */
    public Fix fix(Model model) {
        History history = new History();
        if (anySource(model.graph())) {
            collectFrozen(model.graph(), history);
        }
        history.recall(model);
        State exact = settle(new State(model, lint.apply(model), history, List.of(), 0), options.safely());
        State last = exact;
        if (options.unsafe() && settled) {
            last = settle(
                    new State(
                            exact.model(), exact.proposal(), exact.history().pardoned(), exact.steps(), exact.rounds()),
                    options);
            Descent descent = new Descent(new Forecasts(lint, Descent.trials(model)), options, weights);
            last = repeat(descent, descend(descent, last));
            List<Refusal> all = new ArrayList<>(refusals);
            all.addAll(unknownRanges(last));
            refusals = all;
        }
        return new Fix(model, exact.model(), last.model(), last.steps(), refusals, last.rounds(), settled, tried);
    }

    /**
     * Does what a second run would do, if that makes the forecast better. The second run does not know which pairs this one
     * added and which rewrites it applied.
     */
    private State repeat(Descent descent, State first) {
        State last = first;
        for (int i = 0; i < MOST_REPEATS; i++) {
            List<Refusal> refused = refusals;
            boolean done = settled;
            State next = settle(
                    new State(
                            last.model(),
                            last.proposal(),
                            last.history().ofNextRun(last.model()),
                            last.steps(),
                            last.rounds()),
                    options);
            if (!next.judgement().betterThan(last.judgement())) {
                refusals = refused;
                settled = done;
                return last;
            }
            last = descend(descent, next);
        }
        return last;
    }

    /** Candidates and what the rules propose after them, until neither makes the forecast better. */
    private State descend(Descent descent, State start) {
        State best = start;
        State next = descent.next(best);
        while (next != best) {
            best = settle(next, options);
            next = descent.next(best);
        }
        tried = descent.complete() ? best.proposal().candidates().size() : Forecast.NOT_ALL;
        return best;
    }

    /** The candidates that would make the forecast better, but need a range that no file gives. */
    private List<Refusal> unknownRanges(State end) {
        FixOptions assuming = options.withRanges(options.calibration().orAny());
        Descent.Outcome outcome = new Descent(new Forecasts(lint, Descent.FEW), assuming, weights).outcome(end);
        List<Refusal> missing = new ArrayList<>();
        for (Candidate candidate : outcome.worth()) {
            List<Refusal> refused = end.plan(candidate, options, weights).refusals();
            if (!refused.isEmpty()) {
                missing.add(new Refusal(
                        candidate.edit(), refused.get(0).why() + "; that would remove " + kernels(candidate, outcome)));
            }
        }
        return missing;
    }

    /** How many of the candidate's kernels the forecast with all worthwhile edits no longer has, in words. */
    private static String kernels(Candidate candidate, Descent.Outcome outcome) {
        long gone = candidate.finding().kernels().stream()
                .map(KernelKey::name)
                .distinct()
                .filter(k -> !outcome.kernels().contains(k))
                .count();
        return gone == 1 ? "1 kernel" : gone + " kernels";
    }

    /** Applies what the rules propose, round after round, until nothing is left to do; the best model among these. */
    private State settle(State start, FixOptions allowed) {
        State best = start;
        State now = start;
        while (true) {
            History history = now.history().copy();
            Plan plan = now.plan(history, allowed, weights);
            refusals = plan.refusals();
            settled = plan.edits().isEmpty();
            if (settled || now.rounds() - start.rounds() >= allowed.maxRounds() || !rounds.areLeft()) {
                if (now == best) {
                    return best;
                }
                if (rounds.areLeft()) {
                    culprits.ban(best, allowed);
                }
                now = best;
                continue;
            }
            State next = now.after(plan, history, rounds);
            boolean worse = now == best
                    ? next.worseThan(best, plan.steps())
                    : next.judgement().worseThan(best.judgement());
            best = worse ? best : next;
            now = next;
        }
    }

    /** A text model has no byte ranges at all, and all its nodes can be edited. */
    private static boolean anySource(Graph graph) {
        return graph.nodes().stream().anyMatch(n -> n.source().isKnown());
    }

    private static void collectFrozen(Graph graph, History history) {
        for (Node node : graph.nodes()) {
            if (!node.source().isKnown()) {
                node.outputs().stream()
                        .filter(Objects::nonNull)
                        .map(Value::name)
                        .forEach(history.frozen::add);
            }
        }
        graph.subgraphs().forEach(body -> collectFrozen(body, history));
    }
}
