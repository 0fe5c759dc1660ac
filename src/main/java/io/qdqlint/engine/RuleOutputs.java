package io.qdqlint.engine;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which classes each rule's consequence names: what it can derive is among them. Drools' compiled rules no longer tell, so
 * it is written down when they are compiled, as resource {@code rules/outputs.tsv}.
 */
final class RuleOutputs {
    static final String RESOURCE = "rules/outputs.tsv";

    private static final Pattern RULE =
            Pattern.compile("(?ms)^\\s*rule\\s+\"([^\"]*)\".*?^\\s*then\\b(.*?)^\\s*end\\b");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern CLASS = Pattern.compile("\\b[A-Z]\\w*");
    private static final Pattern FINDING = Pattern.compile("\\bfinding\\s*\\(");

    private final Map<String, Set<String>> byRule;

    private RuleOutputs(Map<String, Set<String>> byRule) {
        this.byRule = byRule;
    }

    /** The resource for the given rules. */
    static byte[] write(List<RuleSource> sources) {
        Map<String, Set<String>> byRule = new TreeMap<>();
        for (RuleSource source : sources) {
            Matcher rule = RULE.matcher(source.text());
            while (rule.find()) {
                byRule.put(rule.group(1), classes(rule.group(2)));
            }
        }
        StringBuilder text = new StringBuilder();
        byRule.forEach((rule, classes) ->
                text.append(rule).append('\t').append(String.join(" ", classes)).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> classes(String consequence) {
        Set<String> classes = new TreeSet<>();
        Matcher name = CLASS.matcher(STRING.matcher(consequence).replaceAll("\"\""));
        while (name.find()) {
            classes.add(name.group());
        }
        if (FINDING.matcher(consequence).find()) {
            classes.add("Finding");
        }
        return classes;
    }

    /** What was written for some rule sets. */
    static RuleOutputs read(List<String> resources) {
        Map<String, Set<String>> byRule = new HashMap<>();
        for (String resource : resources) {
            int at = 0;
            while (at < resource.length()) {
                int tab = resource.indexOf('\t', at);
                int end = resource.indexOf('\n', tab);
                Set<String> names = byRule.computeIfAbsent(resource.substring(at, tab), r -> new HashSet<>());
                Collections.addAll(names, resource.substring(tab + 1, end).split(" "));
                at = end + 1;
            }
        }
        return new RuleOutputs(byRule);
    }

    /** Simple names of the classes that the rule's consequence names; empty for a rule that is not known. */
    Set<String> of(String rule) {
        return byRule.getOrDefault(rule, Set.of());
    }
}
