package io.qdqlint.fix;

import io.qdqlint.forecast.Judgement;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import java.util.ArrayList;
import java.util.List;

/**
 * A model between two rounds of a fix.
 *
 * @param steps that led to it
 */
record State(Model model, Proposal proposal, History history, List<Step> steps, int rounds) {

    /** Plans a round with the history of this state. */
    Plan plan(History rounds, FixOptions allowed, Weights weights) {
        return Planner.plan(model, proposal, allowed, weights, rounds);
    }

    /** Plans one candidate alone. */
    Plan plan(Candidate candidate, FixOptions allowed, Weights weights) {
        return Planner.plan(model, proposal.with(List.of(candidate.edit())), allowed, weights, history.copy());
    }

    /** The model after a round. It records the original scales, so that the rules hold it to the same ratio as a later fix does. */
    State after(Plan plan, History known, Forecasts forecasts) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(plan.steps());
        plan.steps().forEach(known::add);
        Model changed = known.record(GraphEditor.apply(model, plan.edits()));
        return new State(changed, forecasts.of(changed), known, all, rounds + 1);
    }

    /**
     * Whether the forecast got worse. What the model needs to be built, or to compute what it was trained for, may cost a
     * kernel; it has to build afterwards if it did before.
     *
     * @param round the steps that lead from {@code before} to this
     */
    boolean worseThan(State before, List<Step> round) {
        boolean hygiene = round.stream().allMatch(s -> s.rewrite().phase() == Rewrite.Phase.HYGIENE);
        return hygiene
                ? before.judgement().builds() && !judgement().builds()
                : judgement().worseThan(before.judgement());
    }

    Judgement judgement() {
        return proposal.judgement();
    }
}
