package io.qdqlint.fix;

import io.qdqlint.fact.OriginalScales;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.UnifyScales;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a round of a fix knows about the rounds before it. */
final class History {
    /** Outputs of nodes that can't be edited, since they stand in a model-local function. */
    final Set<String> frozen = new HashSet<>();

    private final Set<String> done = new HashSet<>();
    private final List<Set<String>> groups = new ArrayList<>();
    private final Map<String, Double> scales = new TreeMap<>();

    /** First outputs of quantizers that a candidate inserted, with which the forecast is better. */
    private final Set<String> kept = new HashSet<>();

    private final Map<String, String> banned = new HashMap<>();
    private Set<String> only;

    /** An independent copy. */
    History copy() {
        History copy = new History();
        copy.frozen.addAll(frozen);
        copy.done.addAll(done);
        copy.groups.addAll(groups);
        copy.scales.putAll(scales);
        copy.banned.putAll(banned);
        copy.kept.addAll(kept);
        return copy;
    }

    /** The quantizers of these outputs are not removed again by a rule; a candidate may, as it is judged. */
    void keep(Set<String> outputs) {
        kept.addAll(outputs);
    }

    /** A copy for candidates. */
    History forCandidates() {
        History copy = copy();
        copy.kept.clear();
        return copy;
    }

    /** The history of a run that begins with the model. */
    History ofNextRun(Model model) {
        History next = new History();
        next.frozen.addAll(frozen);
        next.recall(model);
        return next;
    }

    /** The quantizers that no rule removes. */
    Set<String> kept() {
        return Set.copyOf(kept);
    }

    /** A copy that allows only the rewrites of these steps. */
    History onlyFor(List<Step> steps) {
        History copy = copy();
        copy.only = steps.stream().map(s -> key(s.rewrite())).collect(Collectors.toSet());
        return copy;
    }

    /** A copy that bans nothing. */
    History pardoned() {
        History copy = copy();
        copy.banned.clear();
        return copy;
    }

    /** The rewrite is not applied any more. */
    void ban(Rewrite rewrite, String why) {
        banned.put(key(rewrite), why);
    }

    /** Why the rewrite may not be applied; null where it may. */
    String against(Rewrite rewrite) {
        if (rewrite instanceof RemovePair pair
                && kept.contains(pair.quantize().output(0).name())) {
            return "this fix added the pair, and the forecast is better with it";
        }
        if (has(rewrite)) {
            return "it was applied to '" + rewrite.at().name() + "' and the finding is still there";
        }
        return only != null && !only.contains(key(rewrite)) ? "it waits" : banned.get(key(rewrite));
    }

    void add(Step step) {
        done.add(key(step.rewrite()));
    }

    /**
     * Whether the same rewrite was applied before: it has no effect a second time. Scales are an exception: they may have to
     * become one with a third scale; they grow each time, so this ends.
     */
    private boolean has(Rewrite rewrite) {
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

    /** Quantizers, with the scales that they had, get one scale. */
    void joined(Map<String, Double> quantizers) {
        groups.add(quantizers.keySet());
        quantizers.forEach(scales::putIfAbsent);
    }

    /** Recalls what fixes of earlier runs have written into the model. */
    void recall(Model model) {
        OriginalScales known = OriginalScales.of(model);
        groups.addAll(known.groups());
        scales.putAll(known.scales());
    }

    /**
     * The model with an entry about the quantizers that share a scale by a fix and their original scales. A later fix measures its
     * ratio from these, so that no bits are lost little by little.
     */
    Model record(Model model) {
        Map<String, Set<String>> merged = new TreeMap<>();
        for (Set<String> group : groups) {
            Set<String> whole = new TreeSet<>();
            for (String name : group) {
                if (model.graph().value(name) != null) {
                    whole.add(name);
                    whole.addAll(merged.getOrDefault(name, Set.of()));
                }
            }
            whole.forEach(name -> merged.put(name, whole));
        }
        String text = new OriginalScales(merged.values().stream().distinct().toList(), scales).text();
        if (text.equals(model.metadata().getOrDefault(OriginalScales.METADATA, ""))) {
            return model;
        }
        Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
        metadata.put(OriginalScales.METADATA, text);
        return new Model(model.file(), model.irVersion(), model.producer(), model.opsets(), model.graph(), metadata);
    }

    /** The scale that a quantizer had before it was first joined to others; {@code now} if it never was. */
    double originalScale(Quantizer quantizer, double now) {
        return scales.getOrDefault(quantizer.first().output(0).name(), now);
    }
}
