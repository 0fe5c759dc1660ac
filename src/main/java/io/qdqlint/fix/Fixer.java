package io.qdqlint.fix;

import io.qdqlint.finding.Cost;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * Lints, applies what the rules propose, and lints again until nothing changes. Exact rewrites come first, so that the model
 * after them can be compared with the original bit for bit. A round may make the forecast worse where a later one makes up for
 * it; where none does, the steps at fault are refused.
 */
public final class Fixer {
    private final Function<Model, Proposal> lint;
    private final FixOptions options;
    private final Weights weights;
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
        this.culprits = new Culprits(lint, weights);
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
            last = descend(last);
        }
        return new Fix(
                model,
                exact.model(),
                last.model() == model ? model : last.history().record(last.model()),
                last.steps(),
                refusals,
                last.rounds(),
                settled,
                tried);
    }

    /** Candidates and what the rules propose after them, until neither makes the forecast better. */
    private State descend(State start) {
        Descent descent = new Descent(lint, options, weights, Descent.TRIALS);
        State best = start;
        State next = descent.next(best);
        while (next != best) {
            best = settle(next, options);
            next = descent.next(best);
        }
        tried = descent.complete() ? best.proposal().candidates().size() : Forecast.NOT_ALL;
        List<Refusal> all = new ArrayList<>(refusals);
        all.addAll(unknownRanges(best));
        refusals = all;
        return best;
    }

    /** The candidates that would make the forecast better if a range were known that no file has given. */
    private List<Refusal> unknownRanges(State end) {
        FixOptions assuming = options.withRanges(options.calibration().orAny());
        return new Descent(lint, assuming, weights, Descent.FEW)
                .outcome(end).worth().stream()
                        .filter(c -> !end.plan(c, options, weights).refusals().isEmpty())
                        .map(c -> new Refusal(
                                c.edit(),
                                end.plan(c, options, weights).refusals().get(0).why() + "; that would save "
                                        + saved(c.finding().cost())))
                        .toList();
    }

    private static String saved(Cost cost) {
        String kernels = cost.kernels() == 1 ? "1 kernel" : cost.kernels() + " kernels";
        return Double.isNaN(cost.micros())
                ? kernels
                : String.format(Locale.ROOT, "%s, an estimated %.2g µs", kernels, cost.micros());
    }

    /** The best model on the way to one that nothing is left to do to. */
    private State settle(State start, FixOptions allowed) {
        State best = start;
        State now = start;
        while (true) {
            History history = now.history().copy();
            Plan plan = now.plan(history, allowed, weights);
            refusals = plan.refusals();
            settled = plan.edits().isEmpty();
            if (settled || now.rounds() - start.rounds() >= allowed.maxRounds()) {
                if (now == best) {
                    return best;
                }
                culprits.ban(best, allowed);
                now = best;
                continue;
            }
            State next = now.after(plan, history, lint);
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
