package io.qdqlint.fix;

import static io.qdqlint.onnx.TextModel.by;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.OriginalScales;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxTextWriter;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.MakeSymmetric;
import io.qdqlint.rewrite.MovePair;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.QuantizeOutput;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.RepairScale;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.SetAxis;
import io.qdqlint.rewrite.UnifyScales;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixerTest {
    private static final String HEAD = "<ir_version: 8, opset_import: [\"\" : 13]>\n";

    @TempDir
    Path folder;

    private final Weights weights = new Weights(Path.of("m.onnx").toAbsolutePath());

    @AfterEach
    void close() throws IOException {
        weights.close();
    }

    private Model model(String graph) throws IOException {
        return TextModel.read(folder, HEAD + graph);
    }

    /** Applies the rewrites that {@code rule} derives, once: the rule is quiet in a model without its pattern. */
    private Fix fix(Model model, FixOptions options, Function<Model, List<Rewrite>> rule) {
        return new Fixer(m -> Proposal.unjudged(rule.apply(m)), options, weights).fix(model);
    }

    private static List<String> body(Model model) {
        List<String> lines = OnnxTextWriter.lines(model, 100);
        return lines.subList(lines.indexOf("{") + 1, lines.size() - 1).stream()
                .map(String::strip)
                .toList();
    }

    private static final String TWO_SCALES = """
            g (float[1,2] x, float[1,2] y) => (float[2,2] c, float[1,2] w)
            <float s1 = {0.5}, float s2 = {1.0}, int8 z = {0}>
            {
                q1 = QuantizeLinear (x, s1, z)
                d1 = DequantizeLinear (q1, s1, z)
                q2 = QuantizeLinear (y, s2, z)
                d2 = DequantizeLinear (q2, s2, z)
                q3 = QuantizeLinear (y, s1, z)
                w = DequantizeLinear (q3, s1, z)
                c = Concat <axis = 0> (d1, d2)
            }
            """;

    private static List<Rewrite> unify(Model m, String... outputs) {
        List<Node> members = new ArrayList<>();
        for (String o : outputs) {
            members.add(by(m, o));
        }
        return List.of(new UnifyScales("QDQ101", by(m, "c"), members));
    }

    @Test
    void outputsOfTheModelKeepTheirShapes() throws IOException {
        String bad = Files.readString(Path.of("rules/precision/QDQ406-classifier-as-product/bad.onnxtxt"));
        for (String output : List.of("float[1,4] f_d", "float[4,4] wf", "int8[1,4] f_q")) {
            String text = bad.replace("=> (float[1,4] y)", "=> (float[1,4] y, " + output + ")");
            Model model = TextModel.read(folder, text);
            Fix fix = new Fixer(Linters.H100::propose, FixOptions.UNSAFE, weights).fix(model);
            assertEquals(outputs(model), outputs(fix.after()), output);
        }
    }

    private static List<String> outputs(Model model) {
        return model.graph().outputs().stream()
                .map(v -> v.name() + " " + v.shape())
                .toList();
    }

    @Test
    void theLargerScaleWinsAndOutsidersKeepTheirs() throws IOException {
        Fix fix = fix(model(TWO_SCALES), FixOptions.UNSAFE, m -> unify(m, "d1", "q2"));
        assertTrue(fix.settled());
        assertEquals(
                List.of(
                        "q1 = QuantizeLinear (x, s2, z)",
                        "d1 = DequantizeLinear (q1, s2, z)",
                        "q2 = QuantizeLinear (y, s2, z)",
                        "d2 = DequantizeLinear (q2, s2, z)",
                        "q3 = QuantizeLinear (y, s1, z)",
                        "w = DequantizeLinear (q3, s1, z)",
                        "c = Concat <axis = 0> (d1, d2)"),
                body(fix.after()));
        assertEquals(0.5, fix.steps().get(0).bound());
        assertTrue(
                fix.steps().get(0).says().contains("loses 1.00 bits"),
                fix.steps().get(0).says());
    }

    /** As a second fix does: both hold scales that are made one to the same ratio. */
    @Test
    void rulesSeeTheOriginalScalesAfterEachRound() throws IOException {
        List<Model> seen = new ArrayList<>();
        Fix fix = fix(model(TWO_SCALES), FixOptions.UNSAFE, m -> {
            seen.add(m);
            return unify(m, "d1", "q2");
        });
        assertEquals(
                Map.of("q1", 0.5, "q2", 1.0), OriginalScales.of(seen.get(1)).scales());
        assertSame(seen.get(1), fix.after());
    }

    @Test
    void aZeroPointMayBeCastButNotComputed() throws IOException {
        String cast = TWO_SCALES
                .replace("int8 z = {0}", "int32 zero = {0}, int8 z = {0}")
                .replace("    q1 =", "    zc = Cast <to = 3> (zero)\n    q1 =")
                .replace("(x, s1, z)", "(x, s1, zc)");
        assertTrue(body(fix(model(cast), FixOptions.UNSAFE, m -> unify(m, "q1", "q2"))
                        .after())
                .contains("q1 = QuantizeLinear (x, s2, zc)"));

        Fix fix = fix(
                model(cast.replace("Cast <to = 3> (zero)", "Neg (z)")), FixOptions.UNSAFE, m -> unify(m, "q1", "q2"));
        assertFalse(fix.changed());
        assertEquals(
                "the zero point of 'node_of_q1' is computed, not stored",
                fix.refusals().get(0).why());
    }

    @Test
    void whatChangesNumericsWaitsForPermission() throws IOException {
        Fix fix = fix(model(TWO_SCALES), FixOptions.SAFE, m -> unify(m, "d1", "q2"));
        assertFalse(fix.changed());
        assertTrue(fix.refusals().get(0).why().contains("--unsafe"));
    }

    @Test
    void whatIsRefusedForOneReasonIsCountedAtEachNode() throws IOException {
        Fix fix = fix(
                model(TWO_SCALES),
                FixOptions.SAFE,
                m -> Stream.of("d1", "d2")
                        .<Rewrite>map(dq -> new RemovePair(
                                "QDQ302",
                                by(m, dq),
                                by(m, dq).input(0).producer(),
                                by(m, dq),
                                Exactness.CHANGES_NUMERICS))
                        .toList());
        assertEquals(2, fix.refusals().size());
        assertEquals(fix.refusals().get(0).why(), fix.refusals().get(1).why());
    }

    @Test
    void tooDifferentScalesAreRefusedWithTheBitsLost() throws IOException {
        Fix fix = fix(
                model(TWO_SCALES),
                new FixOptions(true, new Tolerance(1.5), Calibration.NONE, 8),
                m -> unify(m, "d1", "q2"));
        assertFalse(fix.changed());
        assertEquals(
                "'node_of_q1' (scale 0.5000) would lose 1.0 bits to "
                        + "'node_of_q2' (scale 1.000): the ratio 2.00 is larger than --max-scale-ratio 1.5",
                fix.refusals().get(0).why());
    }

    @Test
    void whatHasNoEffectIsDoneOnce() throws IOException {
        Fix fix = fix(
                model(TWO_SCALES),
                FixOptions.UNSAFE,
                m -> List.of(new QuantizeInput("QDQ701", by(m, "c"), by(m, "c"), 0, by(m, "q2"))));
        assertTrue(fix.settled());
        assertEquals(1, fix.rounds());
        assertTrue(fix.refusals().get(0).why().endsWith("the finding is still there"));
    }

    @Test
    void rulesThatContradictEachOtherEnd() throws IOException {
        int[] lints = {0};
        Fix fix = fix(model(TWO_SCALES), new FixOptions(true, new Tolerance(4), Calibration.NONE, 5), m -> {
            Node like = by(m, "q" + (1 + lints[0] % 2));
            return List.of(new QuantizeInput("QDQ" + ++lints[0], by(m, "c"), by(m, "c"), 0, like));
        });
        assertFalse(fix.settled());
        assertEquals(5, fix.rounds());
    }

    private static final String RELU = """
            g (float[1,2] x) => (float[1,2] y)
            <float s = {0.5}, int8 z = {0}>
            {
                a = Neg (x)
                q = QuantizeLinear (a, s, z)
                d = DequantizeLinear (q, s, z)
                r = Relu (d)
                y = Abs (r)
            }
            """;

    private static List<Rewrite> movePastRelu(Model m) {
        Node relu = by(m, "r");
        Node d = by(m, "d");
        return relu.input(0) == d.output(0)
                ? List.of(new MovePair("QDQ202", relu, by(m, "q"), d, relu, Exactness.EXACT))
                : List.of();
    }

    @Test
    void aPairMovesBehindItsReader() throws IOException {
        Fix fix = fix(model(RELU), FixOptions.SAFE, FixerTest::movePastRelu);
        assertEquals(
                List.of(
                        "a = Neg (x)",
                        "r = Relu (a)",
                        "q = QuantizeLinear (r, s, z)",
                        "d = DequantizeLinear (q, s, z)",
                        "y = Abs (d)"),
                body(fix.after()));
    }

    @Test
    void aPairThatMovesToTheOutputTakesItsName() throws IOException {
        Fix fix = fix(
                model(RELU.replace("=> (float[1,2] y)", "=> (float[1,2] r)").replace("    y = Abs (r)\n", "")),
                FixOptions.SAFE,
                m -> by(m, "d") == null ? List.of() : movePastRelu(m));
        assertEquals(
                List.of(
                        "a = Neg (x)",
                        "r_unquantized = Relu (a)",
                        "q = QuantizeLinear (r_unquantized, s, z)",
                        "r = DequantizeLinear (q, s, z)"),
                body(fix.after()));
    }

    @Test
    void aPairMovesInFrontOfItsProducer() throws IOException {
        String pad = RELU.replace("a = Neg (x)", "a = Identity (x)");
        Fix fix = fix(
                model(pad),
                FixOptions.SAFE,
                m -> by(m, "q").input(0).name().equals("a")
                        ? List.of(
                                new MovePair("QDQ205", by(m, "q"), by(m, "q"), by(m, "d"), by(m, "a"), Exactness.EXACT))
                        : List.of());
        assertEquals(
                List.of(
                        "q = QuantizeLinear (x, s, z)",
                        "d = DequantizeLinear (q, s, z)",
                        "a = Identity (d)",
                        "r = Relu (a)",
                        "y = Abs (r)"),
                body(fix.after()));
    }

    @Test
    void aPairAtTheOutputGoesAndTheOutputKeepsItsName() throws IOException {
        String atOutput = RELU.replace("=> (float[1,2] y)", "=> (float[1,2] d)")
                .replace("    r = Relu (d)\n", "")
                .replace("    y = Abs (r)\n", "");
        Fix fix = fix(
                model(atOutput),
                FixOptions.UNSAFE,
                m -> by(m, "q") == null
                        ? List.of()
                        : List.of(new RemovePair(
                                "QDQ304", by(m, "q"), by(m, "q"), by(m, "d"), Exactness.CHANGES_NUMERICS)));
        assertEquals(List.of("d = Neg (x)"), body(fix.after()));
        assertEquals(
                0,
                fix.after().graph().values().stream()
                        .filter(v -> v.isConstant())
                        .count());
    }

    @Test
    void anAxisIsNotGuessed() throws IOException {
        String graph = """
                g (float[1] x) => (float[4,2,4] y)
                <float[4] s = {0.5, 1, 2, 3}, int8[4] z = {0, 0, 0, 0}, int8[4,2,4] k = {%s}>
                {
                    y = DequantizeLinear (k, s, z)
                }
                """;
        Fix fix = fix(
                model(String.format(graph, String.join(", ", Collections.nCopies(32, "1")))),
                FixOptions.UNSAFE,
                m -> List.of(new SetAxis("QDQ507", by(m, "y"), by(m, "y"))));
        assertFalse(fix.changed());
        assertTrue(fix.refusals().get(0).why().contains("does not say for which axis"), () -> "" + fix.refusals());
    }

    @Test
    void aPairThatGivesAnotherTypeStays() throws IOException {
        Fix fix = fix(
                model("""
                        g (float[1,2] x) => (float16[1,2] y)
                        <float s = {0.5}, float16 h = {14336}, int8 z = {0}>
                        {
                            q = QuantizeLinear (x, s, z)
                            y = DequantizeLinear (q, h, z)
                        }
                        """),
                FixOptions.UNSAFE,
                m -> List.of(new RemovePair("QDQ303", by(m, "q"), by(m, "q"), by(m, "y"), Exactness.CHANGES_NUMERICS)));
        assertFalse(fix.changed());
        assertEquals(
                "the pair 'node_of_q' turns float into float16",
                fix.refusals().get(0).why());
    }

    @Test
    void aSkipInputIsReadThroughThePairItsTensorHas() throws IOException {
        String residual = """
                g (float[1,2] x) => (float[1,2] y)
                <float s = {0.5}, int8 z = {0}>
                {
                    q = QuantizeLinear (x, s, z)
                    d = DequantizeLinear (q, s, z)
                    c = Neg (d)
                    y = Add (c, x)
                }
                """;
        Fix fix = fix(
                model(residual),
                FixOptions.UNSAFE,
                m -> by(m, "y").input(1).name().equals("x")
                        ? List.of(new QuantizeInput("QDQ701", by(m, "y"), by(m, "y"), 1, by(m, "q")))
                        : List.of());
        assertEquals("y = Add (c, d)", body(fix.after()).get(3));
    }

    @Test
    void aRangeThatNobodyKnowsComesFromTheCalibrationFile() throws IOException {
        Function<Model, List<Rewrite>> rule = m -> by(m, "y").input(0).name().equals("r")
                ? List.of(new QuantizeInput("QDQ701", by(m, "y"), by(m, "y"), 0, null))
                : List.of();
        Fix without = fix(model(RELU), FixOptions.UNSAFE, rule);
        assertEquals(
                "it needs the range of 'r', which is not in the model; give it with --calibration",
                without.refusals().get(0).why());
        FixOptions known = new FixOptions(true, new Tolerance(4), new Calibration(Map.of("r", 63.5)), 8);
        Model after = fix(model(RELU), known, rule).after();
        assertEquals(
                List.of(
                        "[r_QuantizeLinear] r_QuantizeLinear_Output = QuantizeLinear (r, r_scale, r_zero_point)",
                        "[r_DequantizeLinear] r_DequantizeLinear_Output = DequantizeLinear "
                                + "(r_QuantizeLinear_Output, r_scale, r_zero_point)",
                        "y = Abs (r_DequantizeLinear_Output)"),
                body(after).subList(4, 7));
        assertArrayEquals(
                new double[] {0.5},
                after.graph().value("r_scale").constant().doubles().orElseThrow());
    }

    @Test
    void anAveragePoolIsQuantizedOnBothSides() throws IOException {
        Fix fix = fix(
                model(RELU),
                FixOptions.UNSAFE,
                m -> by(m, "y").input(0).name().equals("r")
                        ? List.of(new QuantizeOutput("QDQ405", by(m, "r"), by(m, "r"), by(m, "q")))
                        : List.of());
        assertEquals("y = Abs (r_DequantizeLinear_Output)", body(fix.after()).get(6));
        assertTrue(body(fix.after()).get(4).endsWith("QuantizeLinear (r, s, z)"));
    }

    @Test
    void aDequantizedBiasBecomesAConstant() throws IOException {
        String bias = """
                g (float[2] x) => (float[2] y)
                <float[2] s = {0.5, 0.25}, int32[2] b = {3, 16777219}, int32[2] z = {0, 0}>
                {
                    d = DequantizeLinear <axis = 0> (b, s, z)
                    y = Add (x, d)
                }
                """;
        Fix fix = fix(
                model(bias),
                FixOptions.SAFE,
                m -> by(m, "d") == null ? List.of() : List.of(new FoldConstant("QDQ511", by(m, "d"), by(m, "d"))));
        assertEquals(List.of("y = Add (x, d)"), body(fix.after()));
        assertArrayEquals(
                new double[] {1.5, (float) 16777219 * 0.25f},
                fix.after().graph().value("d").constant().doubles().orElseThrow());
    }

    private static final String UNSIGNED = """
            g (float[1,2] x) => (float[1,2] y, float[2] w)
            <float s = {0.5}, uint8 z = {128}, uint8[2] k = {0, 200}>
            {
                q = QuantizeLinear (x, s, z)
                y = DequantizeLinear (q, s, z)
                w = DequantizeLinear (k, s, z)
            }
            """;

    private static List<Rewrite> makeSigned(Model m) {
        List<Rewrite> rewrites = new ArrayList<>();
        for (String output : List.of("y", "w")) {
            Node dq = by(m, output);
            if (dq.input(2).constant().type() == DataType.UINT8) {
                rewrites.add(new MakeSymmetric("QDQ501", dq, dq));
            }
        }
        return rewrites;
    }

    @Test
    void unsignedCodesAround128BecomeSigned() throws IOException {
        Fix fix = fix(model(UNSIGNED), FixOptions.SAFE, FixerTest::makeSigned);
        assertEquals(
                List.of(
                        "q = QuantizeLinear (x, s, s_zero_point)",
                        "y = DequantizeLinear (q, s, s_zero_point)",
                        "w = DequantizeLinear (k_int8, s, s_zero_point_1)"),
                body(fix.after()));
        assertArrayEquals(
                new double[] {-128, 72},
                fix.after().graph().value("k_int8").constant().doubles().orElseThrow());
        assertEquals(DataType.INT8, fix.after().graph().value("q").type());
    }

    @Test
    void unsignedCodesFromZeroLoseABit() throws IOException {
        Model model = model(UNSIGNED.replace("{128}", "{0}"));
        assertFalse(fix(model, FixOptions.SAFE, FixerTest::makeSigned).changed());
        Model after = fix(model, FixOptions.UNSAFE, FixerTest::makeSigned).after();
        double scale = by(after, "y").input(1).constant().doubles().orElseThrow()[0];
        assertEquals(0.5 * 255 / 127, scale, 1e-7);
        assertArrayEquals(
                new double[] {0, 127},
                after.graph().value("k_int8").constant().doubles().orElseThrow());
    }

    private Fix repair(String scale, String codes, FixOptions options) throws IOException {
        String graph = """
                g (float[1,2] x) => (float[2,1] y)
                <float[2] s = {%s}, int8[2] z = {0, 0}, int8[2,1] k = {%s}>
                {
                    y = DequantizeLinear <axis = 0> (k, s, z)
                }
                """;
        return fix(model(String.format(graph, scale, codes)), options, m -> {
            boolean good = java.util.Arrays.stream(
                            by(m, "y").input(1).constant().doubles().orElseThrow())
                    .allMatch(v -> v > 0);
            return good ? List.of() : List.of(new RepairScale("QDQ504", by(m, "y"), by(m, "y")));
        });
    }

    @Test
    void aZeroScaleOfAnAllZeroChannelIsMadeTinyExactly() throws IOException {
        Model after = repair("0.5, 0", "7, 0", FixOptions.SAFE).after();
        assertArrayEquals(
                new double[] {0.5, Math.scalb(1.0, -24)},
                by(after, "y").input(1).constant().doubles().orElseThrow());
    }

    @Test
    void aZeroScaleOfCodesThatMeanSomethingCanNotBeMended() throws IOException {
        Fix fix = repair("0.5, 0", "7, 9", FixOptions.UNSAFE);
        assertFalse(fix.changed());
        assertTrue(
                fix.refusals().get(0).why().contains("'k'"),
                fix.refusals().get(0).why());
    }
}
