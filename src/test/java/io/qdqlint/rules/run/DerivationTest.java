package io.qdqlint.rules.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.concept.Layers.Fused;
import io.qdqlint.concept.Precision.RunsIn;
import io.qdqlint.fact.FactExtractor;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rules.RuleSet;
import io.qdqlint.rules.Rules;
import io.qdqlint.verify.RandomModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.model.Rule;
import org.drools.modelcompiler.KieBaseBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.runtime.KieSession;

/** Drools' result against what follows from the same facts when all rules are simply tried until nothing new comes. */
class DerivationTest {
    private static final List<Rule> RULES = RuleSet.builtIn().models().stream()
            .flatMap(m -> m.getRules().stream())
            .toList();
    private static final int MODELS = Integer.getInteger("derivation.models", 120);
    private static final long FIRST = Long.getLong("derivation.first", 0);

    @TempDir
    static Path folder;

    private static Model model(long seed) throws Exception {
        Path file = folder.resolve("m.onnxtxt");
        Files.writeString(file, RandomModel.text(seed, 2 + (int) (seed % 13)));
        return OnnxReader.read(file);
    }

    private interface Check {
        void of(List<Object> facts) throws Exception;
    }

    /** Checks the rules' fixtures and random models; their facts come in random order. */
    private static void forEachModel(Check check) throws Exception {
        List<Path> fixtures;
        try (Stream<Path> files = Files.walk(Path.of("rules"))) {
            fixtures = files.filter(f -> f.toString().endsWith(".onnxtxt"))
                    .sorted()
                    .toList();
        }
        for (Path fixture : fixtures) {
            check(check, OnnxReader.read(fixture), 0, fixture.toString());
        }
        for (long seed = FIRST; seed < FIRST + MODELS; seed++) {
            check(check, model(seed), seed, "model of seed " + seed);
        }
    }

    private static void check(Check check, Model model, long seed, String name) throws Exception {
        List<Object> facts = new ArrayList<>(
                FactExtractor.extract(model, Target.DEFAULT, Linters.DEVICE, Tolerance.DEFAULT, InputShapes.NONE));
        Collections.shuffle(facts, new Random(seed));
        try {
            check.of(facts);
        } catch (AssertionError e) {
            throw new AssertionError(name, e);
        }
    }

    @Test
    void theEngineDerivesWhatFollowsAndNothingElse() throws Exception {
        forEachModel(facts -> {
            List<Object> all = Linters.RULES.run(facts, Target.DEFAULT).all();
            Set<Object> derived = new LinkedHashSet<>(all);
            derived.removeAll(new HashSet<>(facts));
            assertEquals("", difference(derived, Derivation.of(RULES, facts, all, Target.DEFAULT)));
        });
    }

    @Test
    void whatIsWantedIsTheSameWhateverElseIs() throws Exception {
        Set<Class<?>> wanted = Set.of(Finding.class, StandAlone.class, RunsIn.class, Fused.class);
        forEachModel(facts -> {
            Result all = Linters.RULES.run(facts, Target.DEFAULT);
            Result some = Linters.RULES.run(facts, Target.DEFAULT, wanted);
            for (Class<?> type : wanted) {
                assertEquals(Set.copyOf(all.all(type)), Set.copyOf(some.all(type)));
            }
        });
    }

    @Test
    void nothingDerivedIsTakenBack() throws Exception {
        Rules rules = Rules.load(List.of(RuleSet.builtIn()));
        forEachModel(facts -> {
            KieSession session = KieBaseBuilder.createKieBaseFromModel(
                            RuleSelection.select(rules, facts, Target.DEFAULT, Set.of())
                                    .models())
                    .newKieSession();
            List<Object> takenBack = new ArrayList<>();
            session.addEventListener(new DefaultRuleRuntimeEventListener() {
                @Override
                public void objectDeleted(ObjectDeletedEvent event) {
                    takenBack.add(event.getOldObject());
                }
            });
            facts.forEach(session::insert);
            session.fireAllRules();
            session.dispose();
            assertEquals(List.of(), takenBack);
        });
    }

    private static String difference(Set<Object> derived, Set<Object> follows) {
        String more = derived.stream()
                .filter(f -> !follows.contains(f))
                .map(f -> "does not follow: " + f + "\n")
                .collect(Collectors.joining());
        String less = follows.stream()
                .filter(f -> !derived.contains(f))
                .map(f -> "not derived: " + f + "\n")
                .collect(Collectors.joining());
        return more + less;
    }
}
