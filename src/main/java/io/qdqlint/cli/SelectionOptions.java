package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which findings are reported, and which fail the call. */
final class SelectionOptions {
    @Mixin
    private RuleChoice rules;

    @Option(
            names = "--min-severity",
            paramLabel = "LEVEL",
            defaultValue = "note",
            description = "Report findings of this severity or worse: error, warning, note. Default: ${DEFAULT-VALUE}.")
    private Severity minimum;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "warning",
            description =
                    "Exit with 1 on findings of this severity or worse: error, warning, note, never. Default: ${DEFAULT-VALUE}.")
    private String failOn;

    /** Checks the options before any work is done. */
    void check(Supplier<RuleCatalogue> catalogue) {
        threshold();
        rules.check(catalogue);
    }

    Diagnosis apply(Diagnosis d) {
        List<Finding> kept = d.findings().stream().filter(this::reported).toList();
        return new Diagnosis(d.model(), d.tensorrt(), kept, d.forecast());
    }

    /** Whether a finding that is reported makes the call fail. */
    boolean fails(Diagnosis d) {
        Severity threshold = threshold();
        return threshold != null
                && d.findings().stream().anyMatch(f -> f.severity().atLeast(threshold));
    }

    private Severity threshold() {
        if (failOn.equals("never")) {
            return null;
        }
        try {
            return Severity.valueOf(failOn.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--fail-on takes error, warning, note or never, not '" + failOn + "'");
        }
    }

    private boolean reported(Finding f) {
        return f.severity().atLeast(minimum) && rules.takes(f.ruleId(), f.slug());
    }

    RuleChoice rules() {
        return rules;
    }
}
