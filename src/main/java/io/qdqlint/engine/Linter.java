package io.qdqlint.engine;

import io.qdqlint.fact.Device;
import io.qdqlint.fact.FactExtractor;
import io.qdqlint.fact.Target;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.Model;
import java.util.Comparator;
import java.util.List;

/** Model in, diagnosis out: facts, concepts and rules, forecast. */
public final class Linter {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(f -> -(Double.isNaN(f.cost().micros()) ? 0 : f.cost().micros()))
            .thenComparing(f -> f.node().index())
            .thenComparing(Finding::ruleId)
            .thenComparing(Finding::message);

    private final RuleEngine engine;
    private final Target target;
    private final Device device;

    public Linter(RuleEngine engine, Target target, Device device) {
        this.engine = engine;
        this.target = target;
        this.device = device;
    }

    /** Lints one model. */
    public Diagnosis lint(Model model) {
        Result result = derive(model);
        List<Finding> findings =
                result.all(Finding.class).stream().sorted(ORDER).toList();
        return new Diagnosis(model, target.toString(), findings, new Forecaster(result).forecast());
    }

    /** All facts about the model, given and derived: what rule authors look at. */
    public Result derive(Model model) {
        return engine.run(FactExtractor.extract(model, target, device), target);
    }
}
