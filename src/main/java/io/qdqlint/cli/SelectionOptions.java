package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Which findings are reported, and which fail the call. */
final class SelectionOptions {
    private final RuleChoice rules = new RuleChoice();
    private Severity minimum;
    private String failOn;

    /** Declares the options. */
    void declare(Syntax syntax) {
        rules.declare(syntax);
        syntax.option("--min-severity")
                .label("LEVEL")
                .byDefault("note")
                .says("Report findings of this severity or worse: error, warning, note. Default: ${DEFAULT-VALUE}.")
                .to(Severity.class, v -> minimum = v);
        syntax.option("--fail-on")
                .label("LEVEL")
                .byDefault("warning")
                .says("Exit with 1 on findings of this severity or worse: error, warning, note, never. Default:"
                        + " ${DEFAULT-VALUE}.")
                .to(String.class, v -> failOn = v);
    }

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
