package io.qdqlint.cli;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.Severity;
import io.qdqlint.gate.Config;
import io.qdqlint.gate.Gate;
import java.util.Locale;
import java.util.function.Supplier;

/** Which findings are reported, and which fail the call. */
final class SelectionOptions {
    private static final String USUAL = "warning";

    private final RuleChoice rules = new RuleChoice();
    private Severity minimum;
    private String failOn;

    /** Declares the options. */
    void declare(Syntax syntax) {
        rules.declare(syntax);
        syntax.option("--min-severity")
                .label("LEVEL")
                .byDefault("note")
                .says("Show findings of this severity or worse: error, warning, note; the others count as well."
                        + " Default: ${DEFAULT-VALUE}.")
                .to(Severity.class, v -> minimum = v);
        syntax.option("--fail-on")
                .label("LEVEL")
                .says("Exit with 1 on findings of this severity or worse, shown or not: error, warning, note, never."
                        + " Default: " + USUAL + ".")
                .to(String.class, v -> failOn = v);
    }

    /** Checks the options before any work is done. */
    void check(Supplier<RuleCatalogue> catalogue) {
        threshold(Config.NONE);
        rules.check(catalogue);
    }

    /** What is requested of models with this configuration. */
    Gate.Selection of(Config config) {
        return new Gate.Selection(f -> takes(f, config), minimum, threshold(config));
    }

    private boolean takes(Finding f, Config config) {
        return rules.takes(f.ruleId(), f.slug(), config.settings().select());
    }

    private Severity threshold(Config config) {
        String configured = config.settings().failOn();
        String level = failOn != null ? failOn : configured != null ? configured : USUAL;
        if (level.equalsIgnoreCase("never")) {
            return null;
        }
        try {
            return Severity.valueOf(level.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--fail-on must be error, warning, note or never, not '" + level + "'");
        }
    }

    RuleChoice rules() {
        return rules;
    }
}
