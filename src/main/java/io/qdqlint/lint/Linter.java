package io.qdqlint.lint;

import io.qdqlint.concept.Exporters.Exporter;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Device;
import io.qdqlint.fact.FactExtractor;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Cause;
import io.qdqlint.finding.CommonCauses;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rules.run.Result;
import io.qdqlint.rules.run.RuleRunner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Model in, diagnosis out: facts, concepts and rules, forecast. */
public final class Linter {
    private static final Set<Class<?>> LOOKED_AT = lookedAt();

    private final RuleRunner rules;
    private final Target target;
    private final Device device;
    private final Tolerance tolerance;
    private final InputShapes inputs;

    /** A linter that tolerates {@link Tolerance#DEFAULT} and takes the shapes of the file. */
    public Linter(RuleRunner rules, Target target, Device device) {
        this(rules, target, device, Tolerance.DEFAULT, InputShapes.NONE);
    }

    public Linter(RuleRunner rules, Target target, Device device, Tolerance tolerance, InputShapes inputs) {
        this.rules = rules;
        this.target = target;
        this.device = device;
        this.tolerance = tolerance;
        this.inputs = inputs;
    }

    private static Set<Class<?>> lookedAt() {
        Set<Class<?>> all = new HashSet<>(Forecaster.LOOKED_AT);
        all.add(Finding.class);
        all.add(Exporter.class);
        all.add(Candidate.class);
        return all;
    }

    /** Lints one model. */
    public Diagnosis lint(Model model) {
        return look(model).diagnosis();
    }

    /**
     * A diagnosis, and edits that may save more than its findings do.
     *
     * @param candidates that are still to be tried
     */
    public record Look(Diagnosis diagnosis, List<Candidate> candidates) {}

    /** Lints one model, and lists edits that could be tried. */
    public Look look(Model model) {
        Result result = rules.run(facts(model), target, LOOKED_AT);
        return new Look(diagnosis(model, result), result.all(Candidate.class));
    }

    /** What was tolerated. */
    public Tolerance tolerance() {
        return tolerance;
    }

    /** Lints one model and explains the requested nodes. */
    public Diagnosis explain(Model model, Predicate<Node> which) {
        Result result = rules.run(facts(model), target, Set.of(), true);
        Diagnosis diagnosis = diagnosis(model, result);
        Forecast forecast = diagnosis.forecast();
        return new Diagnosis(
                model,
                diagnosis.tensorrt(),
                diagnosis.findings(),
                forecast.explained(new Explainer(result, forecast).explain(which)));
    }

    private Diagnosis diagnosis(Model model, Result result) {
        List<Finding> findings = CommonCauses.group(result.all(Finding.class), cause -> setting(result, cause)).stream()
                .sorted(Finding.ORDER)
                .toList();
        return new Diagnosis(
                model, target.toString(), findings, new Forecaster(result, rules.basis(target), target).forecast());
    }

    /** The setting of the exporter; none where the names in the file point to several exporters. */
    private static Optional<String> setting(Result result, Cause cause) {
        List<Exporter> exporters =
                result.all(Exporter.class).stream().distinct().toList();
        return exporters.size() == 1
                ? ExporterSettings.load().of(exporters.get(0).name(), cause)
                : Optional.empty();
    }

    List<Object> facts(Model model) {
        return FactExtractor.extract(model, target, device, tolerance, inputs);
    }

    /** What the rules propose for the model, what a change has to keep, and how the model is judged. */
    public Proposal propose(Model model) {
        Result result = derive(model);
        return new Proposal(
                result.all(Rewrite.class),
                Clippings.of(result),
                Judge.of(result),
                result.all(Candidate.class),
                result.all(StandAlone.class).stream()
                        .map(k -> new KernelKey(k.kind(), k.tensor(), k.scale()).name())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** All facts about the model, given and derived: what rule authors look at. */
    public Result derive(Model model) {
        return rules.run(facts(model), target);
    }
}
