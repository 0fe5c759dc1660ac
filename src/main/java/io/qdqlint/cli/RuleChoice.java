package io.qdqlint.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules a call is about. */
final class RuleChoice {
    @Option(
            names = "--select",
            split = ",",
            paramLabel = "ID",
            description = "Only these rules; a prefix such as QDQ1 selects all that begin so.")
    private List<String> select = new ArrayList<>();

    @Option(names = "--ignore", split = ",", paramLabel = "ID", description = "Not these rules.")
    private List<String> ignore = new ArrayList<>();

    /** Whether the rule of that id is chosen. */
    boolean takes(String ruleId, String slug) {
        return (select.isEmpty() || select.stream().anyMatch(s -> matches(ruleId, slug, s)))
                && ignore.stream().noneMatch(s -> matches(ruleId, slug, s));
    }

    private static boolean matches(String ruleId, String slug, String selector) {
        String s = selector.strip();
        return ruleId.regionMatches(true, 0, s, 0, s.length()) || slug.equals(s);
    }
}
