package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Lints, applies what the rules want, and lints again until nothing changes. Exact rewrites come first, so that the model
 * after them can be held against the original bit for bit.
 */
public final class Fixer {
    private final Function<Model, Proposal> lint;
    private final FixOptions options;
    private final Weights weights;
    private final History history = new History();
    private final List<Step> steps = new ArrayList<>();
    private List<Refusal> refusals = List.of();
    private int rounds;
    private boolean settled;

    /**
     * @param lint the rewrites that the rules derive for a model
     * @param weights of the model's file; stay open until the fixed model is written
     */
    public Fixer(Function<Model, Proposal> lint, FixOptions options, Weights weights) {
        this.lint = lint;
        this.options = options;
        this.weights = weights;
    }

    /** Fixes one model. */
    public Fix fix(Model model) {
        if (anySource(model.graph())) {
            collectFrozen(model.graph());
        }
        history.recall(model);
        Proposal found = lint.apply(model);
        Model exact = settle(model, found, options.safely());
        Model after = exact;
        if (options.unsafe() && settled) {
            after = settle(exact, exact == model ? found : lint.apply(exact), options);
        }
        return new Fix(
                model,
                exact,
                after == model ? model : history.record(after),
                List.copyOf(steps),
                refusals,
                rounds,
                settled);
    }

    private Model settle(Model model, Proposal first, FixOptions allowed) {
        Model now = model;
        Proposal rewrites = first;
        settled = false;
        for (int round = 0; round < allowed.maxRounds(); round++) {
            Plan plan = Planner.plan(now, rewrites, allowed, weights, history);
            refusals = plan.refusals();
            if (plan.edits().isEmpty()) {
                settled = true;
                return now;
            }
            rounds++;
            steps.addAll(plan.steps());
            plan.steps().forEach(history::add);
            now = GraphEditor.apply(now, plan.edits());
            rewrites = lint.apply(now);
        }
        return now;
    }

    /** A text model has no byte ranges at all, and all its nodes can be edited. */
    private static boolean anySource(Graph graph) {
        return graph.nodes().stream().anyMatch(n -> n.source().isKnown());
    }

    private void collectFrozen(Graph graph) {
        for (Node node : graph.nodes()) {
            if (!node.source().isKnown()) {
                node.outputs().stream()
                        .filter(Objects::nonNull)
                        .map(Value::name)
                        .forEach(history.frozen::add);
            }
        }
        graph.subgraphs().forEach(this::collectFrozen);
    }
}
