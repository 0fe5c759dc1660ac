package io.qdqlint.gate;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import java.util.List;

/**
 * The verdict of the gate on one model.
 *
 * @param failOn findings of this severity or worse fail; null where none does
 * @param failing how many findings fail, shown or not
 * @param hidden findings that count and are not shown, as their severity is below the least one requested
 * @param known findings that the baseline has: they do not count
 * @param ignored findings that the configuration ignores: they do not count
 * @param breaches budgets that the forecast exceeds, one sentence each; each fails
 */
public record Judgement(
        Severity failOn,
        int failing,
        List<Finding> hidden,
        List<Finding> known,
        List<Finding> ignored,
        List<String> breaches) {
    /** The verdict of a call without a gate: warnings fail, and all findings are shown. */
    public static final Judgement NONE = new Judgement(Severity.WARNING, 0, List.of(), List.of(), List.of(), List.of());

    /** Whether a finding of that severity fails the call. */
    public boolean fails(Severity severity) {
        return failOn != null && severity.atLeast(failOn);
    }

    /** Whether the model passes. */
    public boolean passes() {
        return failing == 0 && breaches.isEmpty();
    }
}
