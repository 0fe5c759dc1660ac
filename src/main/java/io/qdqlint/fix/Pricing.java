package io.qdqlint.fix;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Leaves out findings whose edits {@link Fixer} refuses because the forecast is better without them. It tries all proposed
 * edits together, as a fix does.
 */
final class Pricing {
    /** The largest number of findings that are tried. Where there are more, most are useful, and a report has to be quick. */
    private static final int MOST = 8;

    private final Function<Model, Proposal> lint;
    private final FixOptions options;

    /** @param lint what the rules propose for a model */
    Pricing(Function<Model, Proposal> lint, FixOptions options) {
        this.lint = m -> rulesAlone(lint.apply(m));
        this.options = options;
    }

    private static Proposal rulesAlone(Proposal proposal) {
        return new Proposal(proposal.rewrites(), proposal.clippings(), proposal.judgement());
    }

    /** The diagnosis without them. */
    Diagnosis of(Diagnosis diagnosis) {
        long some = diagnosis.findings().stream().filter(Pricing::hasPrice).count();
        if (some == 0 || some > MOST || !diagnosis.forecast().builds()) {
            return diagnosis;
        }
        try (Weights weights = new Weights(diagnosis.model().file())) {
            Fix fix = new Fixer(lint, options, weights).fix(diagnosis.model());
            Set<List<String>> harmful = fix.refusals().stream()
                    .filter(r -> r.why().startsWith(Culprits.HARM))
                    .map(r -> place(r.rewrite()))
                    .collect(Collectors.toCollection(HashSet::new));
            fix.steps().forEach(s -> harmful.remove(place(s.rewrite())));
            return harmful.isEmpty() ? diagnosis : without(harmful, diagnosis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An error keeps TensorRT from building the model, and a note costs nothing. */
    private static boolean hasPrice(Finding finding) {
        return finding.severity() == Severity.WARNING;
    }

    private static List<String> place(Rewrite rewrite) {
        return place(rewrite.rule(), rewrite.at());
    }

    private static List<String> place(String rule, Node at) {
        return List.of(rule, at.output(0) == null ? at.name() : at.output(0).name());
    }

    private static Diagnosis without(Set<List<String>> harmful, Diagnosis diagnosis) {
        List<Finding> left = diagnosis.findings().stream()
                .filter(f -> !hasPrice(f) || !harmful.contains(place(f.ruleId(), f.node())))
                .toList();
        Set<String> removed = left.stream()
                .flatMap(f -> f.kernels().stream())
                .map(KernelKey::name)
                .collect(Collectors.toSet());
        List<Forecast.Kernel> kernels = diagnosis.forecast().kernels().stream()
                .map(k -> k.avoidable(k.avoidable() && removed.contains(k.name())))
                .toList();
        return new Diagnosis(
                diagnosis.model(),
                diagnosis.tensorrt(),
                left,
                diagnosis.forecast().withKernels(kernels));
    }
}
