package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks as ONNX Runtime's static quantizer leaves them, with Relu and Clip left out where a quantizer clips: fixed, they build,
 * and compute what they did.
 */
class QuantizedNetworksTest {
    private static final Path NETWORKS = Path.of("src/test/resources/networks");
    private static final double FLOOR = 20;

    private static final Linter LINTER = Linters.H100;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> aFixedNetworkComputesWhatItDid() throws IOException {
        try (Stream<Path> files = Files.list(NETWORKS)) {
            return files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList().stream()
                    .map(f -> dynamicTest(f.getFileName().toString(), () -> check(f)));
        }
    }

    private void check(Path file) throws IOException {
        Model model = OnnxReader.read(file);
        Path fixed = folder.resolve("fixed.onnx");
        Function<Model, Proposal> lint = Linters.remembering(LINTER);
        Proposal first = lint.apply(model);
        FixOptions options = FixOptions.UNSAFE.seeing(Saturations.of(model, first.clippings(), Proof.Settings.DEFAULT));
        try (Weights weights = new Weights(file)) {
            Fix fix = new Fixer(lint, options, weights).fix(model);
            OnnxWriter.write(fix.before(), fix.after(), fixed);
            Verdict verdict = Proof.prove(fix, fixed, Proof.Settings.DEFAULT);
            assertEquals(Verdict.Outcome.PROVEN, verdict.outcome(), verdict::reason);
            assertTrue(verdict.drifts().stream().allMatch(d -> d.sqnr() >= FLOOR), () -> "" + verdict.drifts());
            assertTrue(LINTER.lint(fix.after()).forecast().builds(), "builds");
            if (file.toString().contains("-relu")) {
                assertTrue(activations(fix.after()) > activations(model), "no activation is back");
            }
        }
    }

    private static long activations(Model model) {
        return model.graph().nodes().stream()
                .filter(n -> n.opType().equals("Relu") || n.opType().equals("Clip"))
                .count();
    }
}
