package io.qdqlint.fix;

import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.UnifyScales;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rounds of one fix know of those before them. */
final class History {
    /** Outputs of nodes that can't be edited, since they stand in a model-local function. */
    final Set<String> frozen = new HashSet<>();

    private final Set<String> done = new HashSet<>();
    private final List<Set<String>> groups = new ArrayList<>();
    private final Map<String, Double> scales = new HashMap<>();

    void add(Step step) {
        done.add(key(step.rewrite()));
    }

    /**
     * The same rewrite again, of a rule that is not satisfied by it, has no effect. Scales are another matter: they may
     * have been made one with a third since; each time they grow, so that it ends.
     */
    boolean has(Rewrite rewrite) {
        return !(rewrite instanceof UnifyScales) && done.contains(key(rewrite));
    }

    /** What a rewrite is, beyond the model that it was derived for: its rule and nodes by name. */
    private static String key(Rewrite rewrite) {
        return rewrite.toString();
    }

    /** The quantizers that were made to share a scale, by the first output of each. */
    List<Set<String>> groups() {
        return groups;
    }

    void joined(Set<String> quantizers) {
        groups.add(quantizers);
    }

    /** The scale that a quantizer had when it was first joined to others; {@code now} the first time. */
    double originalScale(Quantizer quantizer, double now) {
        return scales.computeIfAbsent(quantizer.first().output(0).name(), q -> now);
    }
}
