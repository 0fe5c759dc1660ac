package io.qdqlint.cli;

import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.gate.RuleSelector;
import io.qdqlint.gate.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which rules a call is about. */
final class RuleChoice {
    private List<String> select = new ArrayList<>();
    private List<String> ignore = new ArrayList<>();

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("--select")
                .label("ID")
                .split(",")
                .says("Only these rules: ids, prefixes of ids such as QDQ1, slugs, or categories such as placement.")
                .toList(String.class, v -> select = v);
        syntax.option("--ignore")
                .label("ID")
                .split(",")
                .says("Not these rules; named in the same way.")
                .toList(String.class, v -> ignore = v);
    }

    /** Whether the rule of that id is chosen. */
    boolean takes(String ruleId, String slug) {
        return takes(ruleId, slug, List.of());
    }

    /**
     * Whether the rule of that id is chosen.
     *
     * @param usual the selectors that hold where no option selects
     */
    boolean takes(String ruleId, String slug, List<String> usual) {
        List<String> selected = select.isEmpty() ? usual : select;
        return (selected.isEmpty() || selected.stream().anyMatch(s -> matches(ruleId, slug, s)))
                && ignore.stream().noneMatch(s -> matches(ruleId, slug, s));
    }

    /**
     * Checks that each selector is about some rule; a mistyped one would choose nothing, and look like no findings.
     *
     * @param catalogue used only if there are selectors
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
                throw new UsageException(option + ": '" + selector
                        + "' is no rule, prefix of an id or category; 'qdqlint rules' lists them"
                        + Suggestion.of(selector.strip(), names(known)));
            }
        }
    }

    private static List<String> names(List<RuleInfo> known) {
        return known.stream()
                .flatMap(r -> Stream.of(r.id(), r.slug(), r.category()))
                .toList();
    }

    private static boolean matches(String ruleId, String slug, String selector) {
        return RuleSelector.matches(selector, ruleId, slug);
    }
}
