package io.qdqlint.fix;

import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which edits are worth it, by the forecast of the edited model. It tries only candidates at kernels that no other
 * finding removes, all that are far apart at once, and makes at most {@link Descent#FEW} forecasts; {@code fix} makes more.
 */
public final class Advisor {
    private final Function<Model, Proposal> lint;
    private final FixOptions options;

    private Advisor(Function<Model, Proposal> lint, Tolerance tolerance) {
        this.lint = lint;
        // A candidate is worth something also where its range has yet to be calibrated.
        this.options = new FixOptions(true, tolerance, Calibration.ANY, FixOptions.DEFAULT_ROUNDS);
    }

    /** Lints one model: the findings of the rules, and one for each candidate that is worth it. */
    public static Diagnosis lint(Linter linter, Model model) {
        Linter.Look look = linter.look(model);
        Map<Model, Proposal> known = new IdentityHashMap<>();
        Advisor advisor = new Advisor(m -> known.computeIfAbsent(m, linter::propose), linter.tolerance());
        Diagnosis priced = new Pricing(advisor.lint, advisor.options).of(look.diagnosis());
        return advisor.advise(priced, look.candidates());
    }

    private Diagnosis advise(Diagnosis diagnosis, List<Candidate> candidates) {
        Model model = diagnosis.model();
        Set<String> open = diagnosis.forecast().kernels().stream()
                .filter(k -> !k.avoidable())
                .map(Forecast.Kernel::name)
                .collect(Collectors.toSet());
        if (candidates.stream()
                .noneMatch(c -> !c.aimsAtKernels() || names(c.finding()).anyMatch(open::contains))) {
            return diagnosis;
        }
        try (Weights weights = new Weights(model.file())) {
            Descent descent = new Descent(new Forecasts(lint, Descent.FEW), options, weights);
            State before = new State(model, lint.apply(model), new History(), List.of(), 0);
            // As the rules leave it: what they remove is reported already.
            State base = descent.closed(before);
            Descent.Outcome outcome = descent.outcome(base);
            return with(diagnosis, outcome, removed(open, outcome));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> removed(Set<String> open, Descent.Outcome outcome) {
        Set<String> removed = new HashSet<>(open);
        removed.removeAll(outcome.kernels());
        return removed;
    }

    private static Stream<String> names(Finding finding) {
        return finding.kernels().stream().map(KernelKey::name);
    }

    private static Diagnosis with(Diagnosis diagnosis, Descent.Outcome outcome, Set<String> removed) {
        List<Finding> findings = new ArrayList<>(diagnosis.findings());
        Set<String> open = new HashSet<>(removed);
        for (Candidate candidate : outcome.worth()) {
            Finding finding = candidate.finding().in(diagnosis.model().graph());
            if (finding != null && !candidate.aimsAtKernels()) {
                double micros = outcome.micros().get(candidate);
                findings.add(finding.says(finding.message(), new Cost(0, 0, micros)));
            } else if (finding != null && names(finding).anyMatch(removed::contains)) {
                findings.add(costing(finding, diagnosis.forecast(), open));
                names(finding).forEach(open::remove);
            }
        }
        findings.sort(Finding.ORDER);
        List<Forecast.Kernel> kernels = diagnosis.forecast().kernels().stream()
                .map(k -> removed.contains(k.name()) && !open.contains(k.name()) ? k.avoidable(true) : k)
                .toList();
        return new Diagnosis(
                diagnosis.model(),
                diagnosis.tensorrt(),
                findings,
                diagnosis.forecast().withKernels(kernels).tried(outcome.tried()));
    }

    /**
     * The finding with the cost of those of its kernels that the edit removes and that no earlier finding has. Several can
     * be at one tensor.
     */
    private static Finding costing(Finding finding, Forecast forecast, Set<String> removed) {
        Cost cost = Cost.NONE;
        for (Forecast.Kernel k : forecast.kernels()) {
            if (!k.avoidable() && removed.contains(k.name()) && names(finding).anyMatch(k.name()::equals)) {
                cost = cost.plus(new Cost(1, k.bytes(), k.micros()));
            }
        }
        return finding.says(finding.message(), cost);
    }
}
