package io.qdqlint.cli;

import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Which rules a call is about. */
final class RuleChoice {
    private List<String> select = new ArrayList<>();
    private List<String> ignore = new ArrayList<>();

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("--select")
                .label("ID")
                .split(",")
                .says("Only these rules; a prefix such as QDQ1 selects all that begin so.")
                .toList(String.class, v -> select = v);
        syntax.option("--ignore")
                .label("ID")
                .split(",")
                .says("Not these rules.")
                .toList(String.class, v -> ignore = v);
    }

    /** Whether the rule of that id is chosen. */
    boolean takes(String ruleId, String slug) {
        return (select.isEmpty() || select.stream().anyMatch(s -> matches(ruleId, slug, s)))
                && ignore.stream().noneMatch(s -> matches(ruleId, slug, s));
    }

    /**
     * Checks that each selector is about some rule; a mistyped one would choose nothing, and be told as no findings.
     *
     * @param catalogue asked only if there are selectors
     */
    void check(Supplier<RuleCatalogue> catalogue) {
        if (select.isEmpty() && ignore.isEmpty()) {
            return;
        }
        List<RuleInfo> known = catalogue.get().rules();
        check("--select", select, known);
        check("--ignore", ignore, known);
    }

    private static void check(String option, List<String> selectors, List<RuleInfo> known) {
        for (String selector : selectors) {
            if (selector.isBlank() || known.stream().noneMatch(r -> matches(r.id(), r.slug(), selector))) {
                throw new UsageException(option + ": no rule is named '" + selector
                        + "' or begins so; 'qdqlint rules' lists those there are");
            }
        }
    }

    private static boolean matches(String ruleId, String slug, String selector) {
        String s = selector.strip();
        return ruleId.regionMatches(true, 0, s, 0, s.length()) || slug.equals(s);
    }
}
