package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.RuleEngine;
import io.qdqlint.fact.Devices;
import io.qdqlint.fact.Target;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What holds of the fix of any model, tried on random ones in ONNX Runtime. */
class FixPropertyTest {
    private static final Linter LINTER = new Linter(
            RuleEngine.load(List.of()),
            Target.DEFAULT,
            Devices.load(null).named("H100").orElseThrow());

    /** A random model as a file that ONNX Runtime takes, in a folder of its own. */
    private static void withModel(long seed, int size, Trial trial) throws IOException {
        Path folder = Files.createTempDirectory("qdqlint-property");
        try {
            String text = RandomModel.text(seed, size);
            Path written = Files.writeString(folder.resolve("m.onnxtxt"), text);
            Path file = folder.resolve("m.onnx");
            OnnxWriter.encode(OnnxReader.read(written), file);
            trial.run(OnnxReader.read(file), folder.resolve("fixed.onnx"), text);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private interface Trial {
        void run(Model model, Path target, String text) throws IOException;
    }

    private static Fix fix(Model model, Path target, FixOptions options) throws IOException {
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(m -> LINTER.derive(m).all(Rewrite.class), options, weights).fix(model);
            OnnxWriter.write(fix.before(), fix.after(), target);
            return fix;
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void theFixedModelRunsAndEveryStatementOfTheFixHolds(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 14) int size) throws IOException {
        withModel(seed, size, (model, target, text) -> {
            Fix fix = fix(model, target, FixOptions.UNSAFE);
            assertTrue(fix.settled(), text);
            Verdict verdict = Proof.prove(fix, target, new Proof.Settings(seed, 2, Map.of()));
            assertEquals(
                    Verdict.Outcome.PROVEN,
                    verdict.outcome(),
                    () -> verdict.reason() + "\n" + fix.steps() + "\n" + text);
        });
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void exactRewritesChangeNoBit(@ForAll long seed, @ForAll @IntRange(min = 2, max = 14) int size) throws IOException {
        withModel(seed, size, (model, target, text) -> {
            Fix fix = fix(model, target, FixOptions.SAFE);
            Verdict verdict = Proof.prove(fix, target, new Proof.Settings(seed, 2, Map.of()));
            assertTrue(
                    verdict.drifts().stream().allMatch(Drift::same),
                    () -> verdict.drifts() + "\n" + fix.steps() + "\n" + text);
        });
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void aSecondFixChangesNothing(@ForAll long seed, @ForAll @IntRange(min = 2, max = 14) int size) throws IOException {
        withModel(seed, size, (model, target, text) -> {
            Fix first = fix(model, target, FixOptions.UNSAFE);
            Fix again = fix(OnnxReader.read(target), target.resolveSibling("again.onnx"), FixOptions.UNSAFE);
            assertFalse(
                    again.changed(),
                    () -> again.steps() + "\nafter " + first.steps() + "\n" + first.refusals() + "\n" + text);
        });
    }
}
