package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.MovePair;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.verify.RandomModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions of lint rules that no fixture would miss. */
class RuleConditionTest {
    private static final Linter LINTER = linter(Target.DEFAULT);

    @TempDir
    static Path folder;

    private static Linter linter(Target target) {
        return Linters.of(target);
    }

    private static Model model(String text) throws Exception {
        return TextModel.read(folder, text);
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
    void aPairInsideAnActivationOfARegionSplitsNothing() throws Exception {
        String parts = """
                  gate = Sigmoid (%s)
                  gate_q = QuantizeLinear (gate, s, z)
                  gate_d = DequantizeLinear (gate_q, s, z)
                  y = Mul (%s, gate_d)
                """;
        String model = """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1,4,8,8] x) => (float[1,4,8,8] y)
                <int8 z = {0}, float s = {0.0078}>
                {
                %s}
                """;
        String inRegion = "  m = MatMul (x, x)\n" + parts.formatted("m", "m");

        assertEquals(List.of("QDQ203"), findings(model.formatted(parts.formatted("x", "x"))));
        assertEquals(List.of(), findings(model.formatted(inRegion)));
    }

    private static List<String> findings(String text) throws Exception {
        return LINTER.lint(model(text)).findings().stream().map(Finding::ruleId).toList();
    }

    @Test
    void aPairBeforeAnActivationGoesWhereOneFollowsAndElseMovesBehindIt() throws Exception {
        assertEquals("MovePair", mendingOfQdq202("Relu", false));
        assertEquals("RemovePair", mendingOfQdq202("Relu", true));
        assertEquals("MovePair", mendingOfQdq202("LeakyRelu", false));
        assertEquals("RemovePair", mendingOfQdq202("LeakyRelu", true));
        assertEquals("RemovePair", mendingOfQdq202("Sigmoid", false));
        assertEquals("RemovePair", mendingOfQdq202("Sigmoid", true));
    }

    private static String mendingOfQdq202(String activation, boolean followed) throws Exception {
        Model model = model("""
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1,4,8,8] x) => (float[1,4,8,8] %s)
                <int8 z = {0}, float s = {0.05}, float[4,4,1,1] w = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}>
                {
                  c = Conv (x, w)
                  c_q = QuantizeLinear (c, s, z)
                  c_d = DequantizeLinear (c_q, s, z)
                  a = %s (c_d)
                  %s
                }
                """.formatted(
                        followed ? "d" : "a",
                        activation,
                        followed ? "q = QuantizeLinear (a, s, z)\n  d = DequantizeLinear (q, s, z)" : ""));
        return linter(new Target(8, 6)).derive(model).all(Rewrite.class).stream()
                .filter(r -> r.rule().equals("QDQ202"))
                .map(r -> r.getClass().getSimpleName())
                .collect(Collectors.joining(", "));
    }

    @Test
    void noRuleMendsAPlaceInTwoWays() throws Exception {
        List<Linter> linters = List.of(LINTER, linter(new Target(8, 6)));
        try (Stream<Path> files = Files.walk(Path.of("rules"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".onnxtxt")).toList()) {
                for (Linter linter : linters) {
                    assertMendedOnce(linter, OnnxReader.read(file), file.toString());
                }
            }
        }
        for (int seed = 0; seed < 300; seed++) {
            for (Linter linter : linters) {
                assertMendedOnce(linter, model(RandomModel.text(seed, 2 + seed % 13)), "model of seed " + seed);
            }
        }
    }

    private static void assertMendedOnce(Linter linter, Model model, String name) {
        List<List<Object>> places = linter.derive(model).all(Rewrite.class).stream()
                .map(RuleConditionTest::place)
                .toList();
        Set<List<Object>> once = new HashSet<>(places);
        assertEquals(once.size(), places.size(), () -> name + ": " + places);
    }

    private static List<Object> place(Rewrite rewrite) {
        if (rewrite instanceof QuantizeInput quantize) {
            return List.of(rewrite.rule(), quantize.node(), quantize.slot());
        }
        if (rewrite instanceof MovePair move) {
            return List.of(rewrite.rule(), move.quantize(), move.dequantize());
        }
        return rewrite instanceof RemovePair remove
                ? List.of(rewrite.rule(), remove.quantize(), remove.dequantize())
                : List.of(rewrite);
    }
}
