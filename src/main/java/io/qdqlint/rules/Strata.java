package io.qdqlint.rules;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Pattern;
import org.drools.model.Rule;

/**
 * The order in which rules fire so that nothing derived has to be taken back: facts that a rule negates or counts
 * are derived to the end before it fires. Drools could take a fact back, but was seen to keep what had followed from it.
 *
 * <p>Resource {@code rules/strata.tsv} holds the strata of a rule set by itself.
 */
public final class Strata {
    public static final String RESOURCE = "rules/strata.tsv";

    private final Map<String, Integer> byRule;

    private Strata(Map<String, Integer> byRule) {
        this.byRule = byRule;
    }

    /**
     * Finds the strata of rules.
     *
     * @throws RuleException if facts follow from their own absence
     */
    public static Strata of(List<Rule> rules, RuleOutputs outputs) {
        Map<Rule, Map<String, Integer>> conditions = new HashMap<>();
        for (Rule rule : rules) {
            Map<String, Integer> classes = new TreeMap<>();
            addClasses((Condition) rule.getView(), 0, classes);
            conditions.put(rule, classes);
        }
        Map<String, Integer> byRule = new TreeMap<>();
        Map<String, Integer> byClass = new HashMap<>();
        boolean risen = true;
        while (risen) {
            risen = false;
            for (Rule rule : rules) {
                int stratum = 0;
                for (Map.Entry<String, Integer> one : conditions.get(rule).entrySet()) {
                    stratum = Math.max(stratum, byClass.getOrDefault(one.getKey(), 0) + one.getValue());
                }
                if (stratum > rules.size()) {
                    throw new RuleException(
                            "rule \"" + rule.getName()
                                    + "\": depends, directly or through other rules, on the negation or count of a fact that it derives itself");
                }
                Integer before = byRule.put(key(rule), stratum);
                risen |= before == null || before < stratum;
                for (String derived : outputs.of(rule.getName())) {
                    byClass.merge(derived, stratum, Math::max);
                }
            }
        }
        return new Strata(byRule);
    }

    /** Adds the classes in a condition, each with how much later than its facts the rule has to fire. */
    private static void addClasses(Condition condition, int later, Map<String, Integer> classes) {
        if (condition instanceof AccumulatePattern<?> accumulate) {
            addClasses(accumulate.getCondition(), 1, classes);
            return;
        }
        if (condition instanceof Pattern<?> pattern) {
            classes.merge(pattern.getPatternVariable().getType().getSimpleName(), later, Math::max);
        }
        int inside = condition.getType() == Condition.Type.NOT ? 1 : later;
        for (Condition sub : condition.getSubConditions()) {
            addClasses(sub, inside, classes);
        }
    }

    private static String key(Rule rule) {
        return rule.getPackage() + '/' + rule.getName();
    }

    /** Reads the resource. */
    static Strata read(String resource) {
        Map<String, Integer> byRule = new HashMap<>();
        int at = 0;
        while (at < resource.length()) {
            int tab = resource.indexOf('\t', at);
            int end = resource.indexOf('\n', tab);
            byRule.put(resource.substring(tab + 1, end), Integer.valueOf(resource.substring(at, tab)));
            at = end + 1;
        }
        return new Strata(byRule);
    }

    /** The resource. */
    public byte[] write() {
        StringBuilder text = new StringBuilder();
        byRule.forEach((rule, stratum) ->
                text.append(stratum).append('\t').append(rule).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Rules of stratum 0 fire first. */
    public int of(Rule rule) {
        return byRule.get(key(rule));
    }
}
