package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Step;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No rewrite takes an activation function away that a quantizer stands for, tried on random networks in ONNX Runtime: each
 * rule's rewrites alone and all together. {@code -Dfuzz.tries=2000} and {@code -Dfuzz.seed=N} try more and others.
 */
class ImpliedActivationTest {
    private static final int TRIES = Integer.getInteger("fuzz.tries", 40);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int SIZES = 5;

    /** What remains of the signal where steps of 1/64 to 1/8 of it are rounded a few times; without an activation it is 0 to 8 dB. */
    private static final double FLOOR = 15;

    private static final Linter LINTER = Linters.H100;

    @TempDir
    Path folder;

    private interface Trial {
        void of(long seed, Model model, Function<Model, Proposal> lint) throws IOException;
    }

    private void forEachModel(Trial trial) throws IOException {
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            trial.of(seed, model(seed), Linters.remembering(LINTER));
        }
    }

    @Test
    void allRewritesTogetherKeepTheOutputs() throws IOException {
        forEachModel((seed, model, lint) -> check(seed, model, lint, rule -> true));
    }

    @Test
    void theRewritesOfEachRuleKeepTheOutputs() throws IOException {
        forEachModel((seed, model, lint) -> {
            Set<String> rules = lint.apply(model).rewrites().stream()
                    .map(Rewrite::rule)
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String rule : rules) {
                check(seed, model, lint, rule::equals);
            }
        });
    }

    private Model model(long seed) throws IOException {
        return TextModel.encoded(folder, "m", RandomClippers.text(seed, 1 + (int) Math.floorMod(seed, (long) SIZES)));
    }

    private void check(long seed, Model model, Function<Model, Proposal> lint, Predicate<String> rules)
            throws IOException {
        Proof.Settings settings = new Proof.Settings(seed, 1, Map.of());
        Path fixed = folder.resolve("fixed.onnx");
        Proposal first = lint.apply(model);
        FixOptions options = FixOptions.UNSAFE.seeing(Saturations.of(model, first.clippings(), settings));
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(m -> lint.apply(m).of(rules), options, weights).fix(model);
            OnnxWriter.write(fix.before(), fix.after(), fixed);
            Verdict verdict = Proof.prove(fix, fixed, settings);
            String how = "with -Dfuzz.seed=" + seed + " -Dfuzz.tries=1: " + verdict + "\n"
                    + fix.steps().stream().map(Step::says).collect(Collectors.joining("\n")) + "\n"
                    + Files.readString(folder.resolve("m.onnxtxt"));
            assertNotEquals(Verdict.Outcome.NOT_VERIFIED, verdict.outcome(), how);
            assertTrue(verdict.claims().stream().allMatch(Held::holds), how);
            assertTrue(fix.after().graph().nodes().stream().allMatch(ImpliedActivationTest::joinsAConvolution), how);
            // The signal of an output may be no larger than a step, where the proof refuses what is within the bound.
            double bound = bound(fix);
            for (Drift drift : verdict.drifts()) {
                assertTrue(drift.same() || drift.maxError() <= bound || drift.sqnr() >= FLOOR, bound + " " + how);
            }
        }
    }

    /** An added Clip has both ends: with an empty input it is a kernel of its own (minimal graph clip1.lo_empty). */
    private static boolean joinsAConvolution(Node node) {
        return !node.opType().equals("Clip")
                || !node.output(0).name().contains("_clipped")
                || node.inputs().stream().noneMatch(i -> i == null || i.name().isEmpty());
    }

    /** What the steps state, and a step of each quantizer that passes the differences on. */
    private static double bound(Fix fix) {
        double bound = fix.steps().stream().mapToDouble(Step::bound).sum();
        for (Node node : fix.after().graph().nodes()) {
            if (node.opType().equals("QuantizeLinear")) {
                bound += node.input(1).constant().doubles().orElseThrow()[0];
            }
        }
        return bound;
    }
}
