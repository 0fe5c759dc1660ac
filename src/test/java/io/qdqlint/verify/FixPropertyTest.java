package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fix.Dequantization;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds of the fix of any model, tried on random ones in ONNX Runtime. {@code -Dfuzz.tries=2000} tries more of them,
 * {@code -Dfuzz.seed=N} others; a failure names the seed with which {@code -Dfuzz.tries=1} repeats it.
 */
class FixPropertyTest {
    private static final int TRIES = Integer.getInteger("fuzz.tries", 100);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int SMALLEST = 2;
    private static final int SIZES = 13;

    private static final Linter LINTER = Linters.H100;

    private static void forEachModel(Trial trial) throws IOException {
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            try {
                withModel(seed, trial);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dfuzz.seed=" + seed + " -Dfuzz.tries=1: " + e.getMessage(), e);
            }
        }
    }

    /** A random model as a file that ONNX Runtime takes, in a folder of its own. */
    private static void withModel(long seed, Trial trial) throws IOException {
        Path folder = Files.createTempDirectory("qdqlint-property");
        try {
            String text = RandomModel.text(seed, SMALLEST + (int) Math.floorMod(seed, (long) SIZES));
            Path written = Files.writeString(folder.resolve("m.onnxtxt"), text);
            Path file = folder.resolve("m.onnx");
            OnnxWriter.encode(OnnxReader.read(written), file);
            trial.run(OnnxReader.read(file), folder.resolve("fixed.onnx"), new Given(seed, text));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private record Given(long seed, String text) {}

    /** Without a floor: random scales clip most of what reaches them, and a fix that clips less is far from that. */
    private static Proof.Settings statements(Given given) {
        return new Proof.Settings(given.seed(), 2, Map.of(), Double.NEGATIVE_INFINITY);
    }

    /** The models ran and no statement is wrong; outputs of some are one number throughout. */
    private static boolean holds(Verdict verdict) {
        return verdict.runs() > 0 && verdict.outcome() != Verdict.Outcome.FAILED;
    }

    private interface Trial {
        void run(Model model, Path target, Given given) throws IOException;
    }

    private static Fix fix(Model model, Path target, FixOptions options) throws IOException {
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(LINTER::propose, options, weights).fix(model);
            OnnxWriter.write(fix.before(), fix.after(), target);
            return fix;
        }
    }

    @Test
    void theFixedModelRunsAndEveryStatementOfTheFixHolds() throws IOException {
        forEachModel((model, target, given) -> {
            Fix fix = fix(model, target, FixOptions.UNSAFE);
            assertTrue(fix.settled(), given.text());
            Verdict verdict = Proof.prove(fix, target, statements(given));
            assertTrue(holds(verdict), () -> verdict.reason() + "\n" + fix.steps() + "\n" + given.text());
        });
    }

    /** Also where the model did not build before: its kernels and their time were forecast all the same. */
    @Test
    void theForecastIsNeverWorse() throws IOException {
        forEachModel((model, target, given) -> {
            Fix fix = fix(model, target, FixOptions.UNSAFE);
            Judgement before = LINTER.propose(fix.before()).judgement();
            Judgement after = LINTER.propose(fix.after()).judgement();
            assertFalse(
                    after.worseThan(before) || after.builds() && after.slowerThan(before),
                    () -> before + "\n" + after + "\n" + fix.steps() + "\n" + given.text());
        });
    }

    @Test
    void exactRewritesChangeNoBit() throws IOException {
        forEachModel((model, target, given) -> {
            Fix fix = fix(model, target, FixOptions.SAFE);
            Verdict verdict = Proof.prove(fix, target, new Proof.Settings(given.seed(), 2, Map.of()));
            assertTrue(
                    verdict.drifts().stream().allMatch(Drift::same),
                    () -> verdict.drifts() + "\n" + fix.steps() + "\n" + given.text());
        });
    }

    @Test
    void aSecondFixChangesNothing() throws IOException {
        forEachModel((model, target, given) -> {
            Fix first = fix(model, target, FixOptions.UNSAFE);
            Fix again = fix(OnnxReader.read(target), target.resolveSibling("again.onnx"), FixOptions.UNSAFE);
            assertFalse(
                    again.changed(),
                    () -> again.steps() + "\nafter " + first.steps() + "\n" + first.refusals() + "\n" + given.text());
        });
    }

    @Test
    void withoutItsQuantizersAModelRuns() throws IOException {
        forEachModel((model, target, given) -> {
            try (Weights weights = new Weights(model.file())) {
                Fix fix = Dequantization.of(model, LINTER::propose, weights);
                OnnxWriter.write(fix.before(), fix.after(), target);
                assertTrue(fix.settled(), given.text());
                boolean left = Dequantization.isQuantized(OnnxReader.read(target));
                assertFalse(left && fix.refusals().isEmpty(), given.text());
                Verdict verdict = Proof.prove(fix, target, statements(given));
                assertTrue(holds(verdict), () -> verdict.reason() + "\n" + given.text());
            }
        });
    }
}
