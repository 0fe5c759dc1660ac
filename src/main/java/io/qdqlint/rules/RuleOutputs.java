package io.qdqlint.rules;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes that each rule's consequence names: those that it can derive are among them. Drools' compiled rules do not
 * have them, so the build writes them when it compiles the rules, as resource {@code rules/outputs.tsv}.
 */
public final class RuleOutputs {
    public static final String RESOURCE = "rules/outputs.tsv";

    private final Map<String, Set<String>> byRule = new HashMap<>();

    /**
     * Adds what a rule derives. Rules of two packages may have one name: they then count as one rule, which derives the
     * classes of both.
     *
     * @param classes simple names; empty if it may derive facts of any class
     */
    public void add(String rule, Set<String> classes) {
        byRule.merge(rule, classes, RuleOutputs::union);
    }

    /** The resource. */
    public byte[] write() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(byRule)
                .forEach((rule, classes) -> text.append(rule)
                        .append('\t')
                        .append(String.join(" ", classes))
                        .append('\n'));
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
        RuleOutputs outputs = new RuleOutputs();
        for (String resource : resources) {
            int at = 0;
            while (at < resource.length()) {
                int tab = resource.indexOf('\t', at);
                int end = resource.indexOf('\n', tab);
                String classes = resource.substring(tab + 1, end);
                outputs.add(resource.substring(at, tab), classes.isEmpty() ? Set.of() : Set.of(classes.split(" ")));
                at = end + 1;
            }
        }
        return outputs;
    }

    /** Simple names of the classes that the rule's consequence names; empty if it may derive facts of any class. */
    public Set<String> of(String rule) {
        return byRule.getOrDefault(rule, Set.of());
    }
}
