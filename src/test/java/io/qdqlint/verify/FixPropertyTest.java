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
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @TempDir
    static Path folder;

    private static final List<Given> GIVEN = new ArrayList<>();

    /**
     * A random model, as a file that ONNX Runtime takes.
     *
     * @param lint remembers what it said of a model
     * @param fix by all rewrites
     * @param fixed the file that the fix wrote
     */
    private record Given(long seed, String text, Model model, Function<Model, Proposal> lint, Fix fix, Path fixed) {
        static Given of(long seed) throws IOException {
            String text = RandomModel.text(seed, SMALLEST + (int) Math.floorMod(seed, (long) SIZES));
            Path own = Files.createDirectory(folder.resolve("" + seed));
            Path file = own.resolve("m.onnx");
            OnnxWriter.encode(OnnxReader.read(Files.writeString(own.resolve("m.onnxtxt"), text)), file);
            Model model = OnnxReader.read(file);
            Function<Model, Proposal> lint = Linters.remembering(LINTER);
            Path fixed = own.resolve("fixed.onnx");
            return new Given(
                    seed, text, model, lint, FixPropertyTest.fix(model, lint, FixOptions.UNSAFE, fixed), fixed);
        }

        /** A file of this model that no other test has. */
        Path file(String name) {
            return fixed.resolveSibling(name);
        }
    }

    private interface Trial {
        void run(Given given) throws IOException;
    }

    @BeforeAll
    static void fixAll() throws IOException {
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            try {
                GIVEN.add(Given.of(seed));
            } catch (RuntimeException e) {
                throw failure(seed, e);
            }
        }
    }

    private static void forEachModel(Trial trial) throws IOException {
        for (Given given : GIVEN) {
            try {
                trial.run(given);
            } catch (AssertionError | RuntimeException e) {
                throw failure(given.seed(), e);
            }
        }
    }

    private static AssertionError failure(long seed, Throwable e) {
        return new AssertionError("with -Dfuzz.seed=" + seed + " -Dfuzz.tries=1: " + e.getMessage(), e);
    }

    /** Without a floor: random scales clip most of what reaches them, and a fix that clips less is far from that. */
    private static Proof.Settings statements(Given given) {
        return new Proof.Settings(given.seed(), 2, Map.of(), Double.NEGATIVE_INFINITY);
    }

    /** The models ran and no statement is wrong; outputs of some are one number throughout. */
    private static boolean holds(Verdict verdict) {
        return verdict.runs() > 0 && verdict.outcome() != Verdict.Outcome.FAILED;
    }

    private static Fix fix(Model model, Function<Model, Proposal> lint, FixOptions options, Path target)
            throws IOException {
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(lint, options, weights).fix(model);
            OnnxWriter.write(fix.before(), fix.after(), target);
            return fix;
        }
    }

    @Test
    void theFixedModelRunsAndEveryStatementOfTheFixHolds() throws IOException {
        forEachModel(given -> {
            assertTrue(given.fix().settled(), given.text());
            Verdict verdict = Proof.prove(given.fix(), given.fixed(), statements(given));
            assertTrue(
                    holds(verdict), () -> verdict.reason() + "\n" + given.fix().steps() + "\n" + given.text());
        });
    }

    /** Also where the model did not build before: its kernels and their time were forecast all the same. */
    @Test
    void theForecastIsNeverWorse() throws IOException {
        forEachModel(given -> {
            Judgement before = given.lint().apply(given.fix().before()).judgement();
            Judgement after = given.lint().apply(given.fix().after()).judgement();
            assertFalse(
                    after.worseThan(before) || after.builds() && after.slowerThan(before),
                    () -> before + "\n" + after + "\n" + given.fix().steps() + "\n" + given.text());
        });
    }

    @Test
    void exactRewritesChangeNoBit() throws IOException {
        forEachModel(given -> {
            Path target = given.file("exact.onnx");
            Fix fix = fix(given.model(), given.lint(), FixOptions.SAFE, target);
            Verdict verdict = Proof.prove(fix, target, new Proof.Settings(given.seed(), 2, Map.of()));
            assertTrue(
                    verdict.drifts().stream().allMatch(Drift::same),
                    () -> verdict.drifts() + "\n" + fix.steps() + "\n" + given.text());
        });
    }

    @Test
    void aSecondFixChangesNothing() throws IOException {
        forEachModel(given -> {
            Model fixed = OnnxReader.read(given.fixed());
            Fix again = fix(fixed, LINTER::propose, FixOptions.UNSAFE, given.file("again.onnx"));
            Fix first = given.fix();
            assertFalse(
                    again.changed(),
                    () -> again.steps() + "\nafter " + first.steps() + "\n" + first.refusals() + "\n" + given.text());
        });
    }

    @Test
    void withoutItsQuantizersAModelRuns() throws IOException {
        forEachModel(given -> {
            Path target = given.file("plain.onnx");
            try (Weights weights = new Weights(given.model().file())) {
                Fix fix = Dequantization.of(given.model(), given.lint(), weights);
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
