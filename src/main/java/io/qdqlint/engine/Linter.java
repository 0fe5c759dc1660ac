package io.qdqlint.engine;

import io.qdqlint.fact.Device;
import io.qdqlint.fact.FactExtractor;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Model in, diagnosis out: facts, concepts and rules, forecast. */
public final class Linter {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(f -> -(Double.isNaN(f.cost().micros()) ? 0 : f.cost().micros()))
            .thenComparing(f -> f.node().index())
            .thenComparing(Finding::ruleId)
            .thenComparing(Finding::message);

    private static final Set<Class<?>> LOOKED_AT = lookedAt();

    private final RuleEngine engine;
    private final Target target;
    private final Device device;
    private final Tolerance tolerance;

    /** A linter that tolerates {@link Tolerance#DEFAULT}. */
    public Linter(RuleEngine engine, Target target, Device device) {
        this(engine, target, device, Tolerance.DEFAULT);
    }

    public Linter(RuleEngine engine, Target target, Device device, Tolerance tolerance) {
        this.engine = engine;
        this.target = target;
        this.device = device;
        this.tolerance = tolerance;
    }

    private static Set<Class<?>> lookedAt() {
        Set<Class<?>> all = new HashSet<>(Forecaster.LOOKED_AT);
        all.add(Finding.class);
        return all;
    }

    /** Lints one model. */
    public Diagnosis lint(Model model) {
        return diagnosis(model, engine.run(facts(model), target, LOOKED_AT));
    }

    /** Lints one model and explains the nodes that are asked for. */
    public Diagnosis explain(Model model, Predicate<Node> which) {
        Result result = engine.run(facts(model), target, Set.of(), true);
        Diagnosis diagnosis = diagnosis(model, result);
        Forecast forecast = diagnosis.forecast();
        return new Diagnosis(
                model,
                diagnosis.tensorrt(),
                diagnosis.findings(),
                forecast.explained(new Explainer(result, forecast).explain(which)));
    }

    private Diagnosis diagnosis(Model model, Result result) {
        List<Finding> findings =
                result.all(Finding.class).stream().sorted(ORDER).toList();
        return new Diagnosis(
                model, target.toString(), findings, new Forecaster(result, engine.basis(target), target).forecast());
    }

    private List<Object> facts(Model model) {
        return FactExtractor.extract(model, target, device, tolerance);
    }

    /** All facts about the model, given and derived: what rule authors look at. */
    public Result derive(Model model) {
        return engine.run(facts(model), target);
    }
}
