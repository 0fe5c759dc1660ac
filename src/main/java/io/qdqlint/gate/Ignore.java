package io.qdqlint.gate;

import io.qdqlint.finding.Finding;
import io.qdqlint.ir.NamePattern;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Findings that do not count.
 *
 * @param rule id, prefix, slug or category of the rule
 * @param model pattern of model files, as from the configuration's folder; null for all
 * @param node name of the node the findings are reported at, in which {@code *} and {@code ?} stand for others; null for all
 * @param reason why; for the next person who reads it
 * @param until the last day it holds, such as {@code 2027-03-31}; null for no end
 */
public record Ignore(String rule, String model, String node, String reason, String until) {
    public Ignore {
        if (rule == null || rule.isBlank()) {
            throw new IllegalArgumentException("an entry of ignore needs 'rule', an id such as QDQ101");
        }
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("ignoring " + rule + " needs 'reason', a sentence");
        }
        if (until != null) {
            date(until);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("until must be a day such as 2027-03-31, not '" + text + "'", e);
        }
    }

    boolean isAbout(Path model) {
        return this.model == null || FilePattern.ofTree(this.model).matchesTree(model);
    }

    boolean isAbout(Finding finding) {
        return RuleSelector.matches(rule, finding.ruleId(), finding.slug())
                && (node == null || NamePattern.any(List.of(node)).test(finding.node()));
    }

    boolean hasExpired(LocalDate today) {
        return until != null && date(until).isBefore(today);
    }

    /** {@code QDQ101 at '/head/*' in detector.onnx (reason)}. */
    String words() {
        return rule + (node == null ? "" : " at '" + node + "'") + (model == null ? "" : " in " + model) + " (" + reason
                + ")";
    }
}
