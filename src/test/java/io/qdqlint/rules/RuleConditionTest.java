package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.RuleEngine;
import io.qdqlint.fact.Devices;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.verify.RandomModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions of lint rules that no fixture would miss. */
class RuleConditionTest {
    private static final Linter LINTER = new Linter(
            RuleEngine.load(List.of()),
            Target.DEFAULT,
            Devices.load(null).named("H100").orElseThrow(),
            Tolerance.DEFAULT);

    @TempDir
    static Path folder;

    private static Model model(String text) throws Exception {
        return OnnxReader.read(Files.writeString(folder.resolve("m.onnxtxt"), text));
    }

    @Test
    void aPoolThatReadsWhatNobodyCanWriteInInt8IsLeftAlone() throws Exception {
        Model model = model("""
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1,4,8,8] x) => (float[1,4,8,8] y)
                <int8 z = {0}, float s = {0.05}, float[4] ws = {0.01, 0.012, 0.009, 0.011}, int8[4] wz = {0, 0, 0, 0},
                 int8[4,4,1,1] wq = {-93, 18, 89, 78, 68, -111, -62, -97, -1, 67, -12, -7, 39, -30, 74, -74}>
                {
                  p = AveragePool <kernel_shape = [3, 3], pads = [1, 1, 1, 1]> (x)
                  p_q = QuantizeLinear (p, s, z)
                  p_d = DequantizeLinear (p_q, s, z)
                  w = DequantizeLinear <axis = 0> (wq, ws, wz)
                  y = Conv (p_d, w)
                }
                """);

        assertEquals(
                List.of(),
                LINTER.lint(model).findings().stream().map(Finding::ruleId).toList());
    }

    @Test
    void aPoolTakesTheScaleThatItsInputHas() throws Exception {
        Model model = model("""
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1,4,8,8] x) => (float[1,4,8,8] y1, float[1,4,8,8] y2)
                <int8 z = {0}, float s = {0.05}, float[4] ws = {0.01, 0.012, 0.009, 0.011}, int8[4] wz = {0, 0, 0, 0},
                 int8[4,4,1,1] wq = {-93, 18, 89, 78, 68, -111, -62, -97, -1, 67, -12, -7, 39, -30, 74, -74}>
                {
                  x_q = QuantizeLinear (x, s, z)
                  x_d = DequantizeLinear (x_q, s, z)
                  w = DequantizeLinear <axis = 0> (wq, ws, wz)
                  a = Conv (x_d, w)
                  a_q = QuantizeLinear (a, s, z)
                  a_d = DequantizeLinear (a_q, s, z)
                  y1 = Conv (a_d, w)
                  p = AveragePool <kernel_shape = [3, 3], pads = [1, 1, 1, 1]> (a)
                  p_q = QuantizeLinear (p, s, z)
                  p_d = DequantizeLinear (p_q, s, z)
                  y2 = Conv (p_d, w)
                }
                """);

        assertEquals(
                List.of("node_of_a_q"),
                LINTER.derive(model).all(QuantizeInput.class).stream()
                        .map(r -> String.valueOf(r.like()))
                        .toList());
    }

    @Test
    void noRuleProposesTwoWaysToQuantizeAnInput() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("rules"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".onnxtxt")).toList()) {
                assertProposedOnce(OnnxReader.read(file), file.toString());
            }
        }
        for (int seed = 0; seed < 300; seed++) {
            assertProposedOnce(model(RandomModel.text(seed, 2 + seed % 13)), "model of seed " + seed);
        }
    }

    private static void assertProposedOnce(Model model, String name) {
        List<List<Object>> inputs = LINTER.derive(model).all(QuantizeInput.class).stream()
                .map(r -> List.<Object>of(r.rule(), r.node(), r.slot()))
                .toList();
        Set<List<Object>> once = new HashSet<>(inputs);
        assertEquals(once.size(), inputs.size(), () -> name + ": " + inputs);
    }
}
