package io.qdqlint.rules.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.concept.Epilogues.Fused;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.concept.Precision.RunsIn;
import io.qdqlint.fact.FactExtractor;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.TextModel;
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
import org.junit.jupiter.api.BeforeAll;
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

    private static final Target TARGET = Target.DEFAULT;
    private static final Set<Class<?>> WANTED = Set.of(Finding.class, StandAlone.class, RunsIn.class, Fused.class);

    @TempDir
    static Path folder;

    private static final List<Given> GIVEN = new ArrayList<>();

    /**
     * A model's facts, in random order.
     *
     * @param all what there is in the end
     */
    private record Given(String name, List<Object> facts, Result all) {
        static Given of(String name, Model model, long seed) {
            List<Object> facts = new ArrayList<>(
                    FactExtractor.extract(model, TARGET, Linters.DEVICE, Tolerance.DEFAULT, InputShapes.NONE));
            Collections.shuffle(facts, new Random(seed));
            return new Given(name, facts, Linters.RULES.run(facts, TARGET));
        }
    }

    /** The rules' fixtures and random models. */
    @BeforeAll
    static void derive() throws Exception {
        List<Path> fixtures;
        try (Stream<Path> files = Files.walk(Path.of("rules"))) {
            fixtures = files.filter(f -> f.toString().endsWith(".onnxtxt"))
                    .sorted()
                    .toList();
        }
        for (Path fixture : fixtures) {
            GIVEN.add(Given.of(fixture.toString(), OnnxReader.read(fixture), 0));
        }
        for (long seed = FIRST; seed < FIRST + MODELS; seed++) {
            GIVEN.add(Given.of("model of seed " + seed, model(seed), seed));
        }
    }

    private static Model model(long seed) throws Exception {
        return TextModel.read(folder, RandomModel.text(seed, 2 + (int) (seed % 13)));
    }

    @Test
    void theEngineDerivesWhatFollowsAndNothingElse() {
        for (Given given : GIVEN) {
            List<Object> all = given.all().all();
            Set<Object> derived = new LinkedHashSet<>(all);
            derived.removeAll(new HashSet<>(given.facts()));
            Set<Object> follows = Derivation.of(RULES, given.facts(), all, TARGET);
            assertEquals("", difference(derived, follows), given.name());
        }
    }

    @Test
    void whatIsWantedIsTheSameWhateverElseIs() {
        for (Given given : GIVEN) {
            Result some = Linters.RULES.run(given.facts(), TARGET, WANTED);
            for (Class<?> type : WANTED) {
                assertEquals(Set.copyOf(given.all().all(type)), Set.copyOf(some.all(type)), given.name());
            }
        }
    }

    @Test
    void nothingDerivedIsTakenBack() {
        Rules rules = Rules.load(List.of(RuleSet.builtIn()));
        for (Given given : GIVEN) {
            KieSession session = Network.of(RuleSelection.select(rules, given.facts(), TARGET, Set.of())
                            .models())
                    .newKieSession();
            List<Object> takenBack = new ArrayList<>();
            session.addEventListener(new DefaultRuleRuntimeEventListener() {
                @Override
                public void objectDeleted(ObjectDeletedEvent event) {
                    takenBack.add(event.getOldObject());
                }
            });
            given.facts().forEach(session::insert);
            session.fireAllRules();
            session.dispose();
            assertEquals(List.of(), takenBack, given.name());
        }
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
