package io.qdqlint.lint;

import io.qdqlint.fact.Device;
import io.qdqlint.fact.Devices;
import io.qdqlint.fact.Target;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rules.run.RuleRunner;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Linters with the rules of qdqlint and no others. */
public final class Linters {
    public static final Device DEVICE = Devices.load(null).named("H100").orElseThrow();
    public static final Device H200 = Devices.load(null).named("H200").orElseThrow();
    public static final RuleRunner RULES = RuleRunner.load(List.of());

    /** For the default TensorRT on an H100. */
    public static final Linter H100 = of(Target.DEFAULT);

    /** For the TensorRT and the GPU that built most engines of the tests. */
    public static final Linter ENGINES = new Linter(RULES, new Target(10, 6), H200);

    private Linters() {}

    /** For that TensorRT on an H100. */
    public static Linter of(Target target) {
        return new Linter(RULES, target, DEVICE);
    }

    /** What the linter proposes for a model; of a model that it has seen it remembers it. */
    public static Function<Model, Proposal> remembering(Linter linter) {
        Map<Model, Proposal> known = new IdentityHashMap<>();
        return model -> known.computeIfAbsent(model, linter::propose);
    }
}
