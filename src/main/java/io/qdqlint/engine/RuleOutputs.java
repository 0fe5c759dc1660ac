package io.qdqlint.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which classes each rule's consequence names: what it can derive is among them. Drools' compiled rules no longer tell, so
 * it is written down when they are compiled, as resource {@code rules/outputs.tsv}.
 */
final class RuleOutputs {
    static final String RESOURCE = "rules/outputs.tsv";

    private final Map<String, Set<String>> byRule;

    private RuleOutputs(Map<String, Set<String>> byRule) {
        this.byRule = byRule;
    }

    /** The resource for the given rules. */
    static byte[] write(List<RuleSource> sources) {
        Map<String, Set<String>> byRule = new TreeMap<>();
        for (RuleSource source : sources) {
            for (WrittenRule rule : WrittenRule.of(source)) {
                // Rules of two packages may have one name: what is known of neither is known of none.
                byRule.merge(rule.name(), rule.derives(), RuleOutputs::union);
            }
        }
        StringBuilder text = new StringBuilder();
        byRule.forEach((rule, classes) ->
                text.append(rule).append('\t').append(String.join(" ", classes)).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Set.of();
        }
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** What was written for some rule sets. */
    static RuleOutputs read(List<String> resources) {
        Map<String, Set<String>> byRule = new HashMap<>();
        for (String resource : resources) {
            int at = 0;
            while (at < resource.length()) {
                int tab = resource.indexOf('\t', at);
                int end = resource.indexOf('\n', tab);
                String classes = resource.substring(tab + 1, end);
                byRule.merge(
                        resource.substring(at, tab),
                        classes.isEmpty() ? Set.of() : Set.of(classes.split(" ")),
                        RuleOutputs::union);
                at = end + 1;
            }
        }
        return new RuleOutputs(byRule);
    }

    /** Simple names of the classes that the rule's consequence names; empty if it may derive facts of any class. */
    Set<String> of(String rule) {
        return byRule.getOrDefault(rule, Set.of());
    }
}
