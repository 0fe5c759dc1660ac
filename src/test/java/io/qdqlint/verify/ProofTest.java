package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fix.Edit;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.GraphEditor;
import io.qdqlint.fix.Step;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.RemovePair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof finds what is wrong: each fix here states something untrue. */
class ProofTest {
    private static final String MODEL = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,3] x) => (float[1,3] y)
            <float s = {0.1}, float t = {0.5}, int8 z = {0}, float one = {1.0}>
            {
                q = QuantizeLinear (x, s, z)
                d = DequantizeLinear (q, s, z)
                y = Mul (d, one)
            }
            """;

    @TempDir
    Path folder;

    private Model model() throws IOException {
        return model(MODEL);
    }

    /** As MODEL, with other outputs and other nodes after the DequantizeLinear. */
    private Model model(String outputs, String nodes) throws IOException {
        return model(MODEL.replace("(float[1,3] y)", outputs).replace("    y = Mul (d, one)\n", nodes));
    }

    private Model model(String content) throws IOException {
        return TextModel.encoded(folder, "m", content);
    }

    private static Node node(Model model, int index) {
        return model.graph().nodes().get(index);
    }

    private static Model withScale(Model before, int node, String scale) {
        return GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, node), 1, scale)));
    }

    private Verdict prove(Model before, Model after) throws IOException {
        return prove(before, before, after);
    }

    private Verdict prove(Model before, Model exact, Model after, String... touched) throws IOException {
        return prove(before, exact, after, Exactness.CHANGES_NUMERICS, new Proof.Settings(1, 2, Map.of()), touched);
    }

    private Verdict prove(
            Model before, Model exact, Model after, Exactness exactness, Proof.Settings settings, String... touched)
            throws IOException {
        Node q = node(before, 0);
        Step step = new Step(new RemovePair("QDQ303", q, q, q, exactness), exactness, 0, "", List.of(touched));
        Fix fix = new Fix(before, exact, after, List.of(step), List.of(), 1, true, 0);
        Path target = folder.resolve("fixed.onnx");
        OnnxWriter.write(before, after, target);
        Verdict verdict = Proof.prove(fix, target, settings);
        try (Stream<Path> left = Files.list(folder)) {
            assertFalse(left.anyMatch(p -> p.getFileName().toString().startsWith(".")), "temporary models are left");
        }
        return verdict;
    }

    @Test
    void whatStaysTheSameIsProven() throws IOException {
        Model model = model();
        Verdict verdict = prove(model, model, model, "d");
        assertEquals(Verdict.Outcome.PROVEN, verdict.outcome(), verdict.reason());
        assertTrue(verdict.drifts().get(0).same());
        assertTrue(verdict.claims().get(0).holds());
        assertEquals(
                new Claim("x", "d", 0.1f / 2.0, 0.1f * -128.0, 0.1f * 127.0),
                verdict.claims().get(0).claim());
    }

    @Test
    void aBitThatAnExactRewriteChangesIsFound() throws IOException {
        Model before = model();
        Model other = GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, 1), 1, "t")));
        Verdict verdict = prove(before, other, other);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().startsWith("exact edits change output 'y'"), verdict.reason());
    }

    @Test
    void aBoundThatDoesNotHoldIsFound() throws IOException {
        Model before = model();
        Model other = GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, 1), 1, "t")));
        Verdict verdict = prove(before, before, other, "d");
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().contains("more than the bound of"), verdict.reason());
        assertTrue(verdict.drifts().get(0).sqnr() < 10);
    }

    @Test
    void aModelThatOnnxRuntimeRefusesIsFound() throws IOException {
        Model before = model();
        Model broken = GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, 1), 0, "x")));
        Verdict verdict = prove(before, before, broken);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().startsWith("ONNX Runtime runs the original but not the fixed"), verdict.reason());
    }

    @Test
    void withoutWeightsNothingIsVerified() throws IOException {
        Model before = model();
        Tensor gone = new Tensor("one", DataType.FLOAT, Shape.of(), new Storage.External("gone.bin", 0, 4));
        Model external = GraphEditor.apply(before, List.of(new Edit.SetInitializer(gone)));
        Verdict verdict = prove(external, external, external);
        assertEquals(Verdict.Outcome.NOT_VERIFIED, verdict.outcome());
        assertEquals("weights are missing: gone.bin does not exist", verdict.reason());
    }

    @Test
    void anOutputBelowTheFloorIsFound() throws IOException {
        Model before = model();
        Model other = withScale(before, 1, "t");
        Verdict verdict = prove(before, other);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertEquals(
                "output 'y' has an SQNR of -12.0 dB against the original, below the floor of 15.0 dB; the first tensor"
                        + " that differs too much is 'd'",
                verdict.reason());
        Proof.Settings lower = new Proof.Settings(1, 2, Map.of(), -20);
        Verdict allowed = prove(before, before, other, Exactness.CHANGES_NUMERICS, lower);
        assertEquals(Verdict.Outcome.PROVEN, allowed.outcome(), allowed.reason());
    }

    @Test
    void roundingLeavesLessThanAQuantizerDoes() throws IOException {
        Model before = model(MODEL.replace("t = {0.5}", "t = {0.101}"));
        Model other = withScale(before, 1, "t");
        assertEquals(Verdict.Outcome.PROVEN, prove(before, other).outcome());
        Verdict verdict = prove(before, before, other, Exactness.ROUNDING, Proof.Settings.DEFAULT);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(
                verdict.reason().contains("SQNR of 40.0 dB against the original, below the floor of 60.0 dB"),
                verdict.reason());
    }

    @Test
    void aTensorThatTheOutputsHideIsFound() throws IOException {
        Model hidden = model(MODEL.replace("one = {1.0}", "one = {0.001}")
                .replace("    y = Mul (d, one)", "    e = Mul (d, one)\n    y = Add (e, x)"));
        Verdict verdict = prove(hidden, withScale(hidden, 1, "t"));
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertEquals(
                "tensor 'd' inside the model has an SQNR of -12.0 dB against the original, below the floor of 3.0 dB",
                verdict.reason());
        assertTrue(verdict.drifts().get(0).sqnr() > 40);
    }

    @Test
    void anOutputOfOneNumberProvesNothing() throws IOException {
        Model zero = model(MODEL.replace("one = {1.0}", "one = {0.0}").replace("{0.5}", "{0.101}"));
        Verdict same = prove(zero, withScale(zero, 1, "t"));
        assertEquals(Verdict.Outcome.NOT_VERIFIED, same.outcome());
        assertTrue(same.reason().startsWith("every output is a single number"), same.reason());
        Verdict other = prove(zero, withScale(zero, 2, "t"));
        assertEquals(Verdict.Outcome.NOT_VERIFIED, other.outcome());
        assertTrue(other.reason().startsWith("output 'y' is all zero in the original"), other.reason());
        Model two = model("(float[1,3] y, float[1,3] none)", "    y = Mul (d, one)\n    none = Sub (d, d)\n");
        Verdict one = prove(two, withScale(two, 1, "s"));
        assertEquals(Verdict.Outcome.PROVEN, one.outcome(), one.reason());
        assertTrue(
                one.notes().get(0).startsWith("output 'none' is all zero"),
                one.notes().toString());
    }

    @Test
    void indicesAreJudgedByTheirScores() throws IOException {
        Model before = model("(int64[1,1] y)", "    y = ArgMax <axis = 1> (d)\n");
        Verdict far = prove(before, withScale(before, 1, "t"));
        assertEquals(Verdict.Outcome.FAILED, far.outcome());
        assertTrue(far.reason().startsWith("tensor 'd' inside the model has an SQNR of -12.0"), far.reason());
        assertTrue(far.reason().endsWith("the floor of 15.0 dB"), far.reason());
        Model nearly = model(MODEL.replace("t = {0.5}", "t = {0.101}")
                .replace("(float[1,3] y)", "(int64[1,1] y)")
                .replace("Mul (d, one)", "ArgMax <axis = 1> (d)"));
        Verdict near = prove(nearly, withScale(nearly, 1, "t"));
        assertEquals(Verdict.Outcome.PROVEN, near.outcome(), near.reason());
        assertEquals(Drift.Means.INDICES, near.drifts().get(0).means());
        assertEquals(1, near.drifts().get(0).equal());
    }

    @Test
    void codesAreComparedAsTheyAre() throws IOException {
        Model before = model("(float[1,3] y, int8[1,3] codes)", "    y = Mul (d, one)\n    codes = Identity (q)\n");
        Model both = GraphEditor.apply(
                before,
                List.of(new Edit.SetInput(node(before, 0), 1, "t"), new Edit.SetInput(node(before, 1), 1, "t")));
        Verdict verdict = prove(before, both);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().startsWith("output 'codes' has an SQNR of "), verdict.reason());
        assertEquals(Drift.Means.CODES, verdict.drifts().get(1).means());
    }

    @Test
    void whatIsNoTensorIsNotCompared() throws IOException {
        Model before =
                model("(float[1,3] y, seq(float[1,3]) all)", "    y = Mul (d, one)\n    all = SequenceConstruct (d)\n");
        Verdict verdict = prove(before, before);
        assertEquals(Verdict.Outcome.PROVEN, verdict.outcome(), verdict.reason());
        assertEquals(List.of("output 'all' is no tensor of numbers and was not compared"), verdict.notes());
    }

    @Test
    void boundsHoldInHalfPrecisionToo() throws IOException {
        // Bit patterns: a scale of 7.8e-6, which is below the smallest normal FP16.
        Model before = model(MODEL.replace("float[1,3]", "float16[1,300]")
                .replace("\"\" : 13", "\"\" : 19")
                .replace("float s = {0.1}, float t = {0.5}", "float16 s = {131}")
                .replace("float one = {1.0}", "float16 one = {15360}"));
        Verdict verdict = prove(before, before, before, "d");
        assertEquals(Verdict.Outcome.PROVEN, verdict.outcome(), verdict.reason());
        Held held = verdict.claims().get(0);
        assertTrue(held.error() > held.claim().bound() / 2, held.toString());
    }

    private Map<String, Path> given(float... values) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }";
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length() + 12).order(ByteOrder.LITTLE_ENDIAN);
        npy.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length());
        npy.put(header.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            npy.putFloat(value);
        }
        return Map.of("x", Files.write(folder.resolve("x.npy"), npy.array()));
    }

    @Test
    void givenInputsAreReadFromNumpyFiles() throws IOException {
        InputMaker maker = new InputMaker(model().graph(), given(0.26f, -1, 100));
        Feed feed = maker.make(7).get("x");
        assertTrue(maker.allGiven());
        assertEquals(DataType.FLOAT, feed.type());
        assertEquals(0.26f, feed.doubles()[0]);
        assertEquals(100, feed.doubles()[2]);
    }

    @Test
    void inputsThatAreClippedProveNothing() throws IOException {
        Model model = model();
        Proof.Settings beyond = new Proof.Settings(1, 2, given(50, -99, 1));
        Verdict most = prove(model, model, model, Exactness.CHANGES_NUMERICS, beyond);
        assertEquals(Verdict.Outcome.NOT_VERIFIED, most.outcome());
        assertTrue(most.reason().startsWith("66.7 % of the input 'x' is outside the range"), most.reason());
        Proof.Settings within = new Proof.Settings(1, 2, given(50, -9, 1));
        Verdict some = prove(model, model, model, Exactness.CHANGES_NUMERICS, within);
        assertEquals(Verdict.Outcome.PROVEN, some.outcome(), some.reason());
        assertTrue(
                some.notes().get(0).startsWith("33.3 % of the input 'x'"),
                some.notes().toString());
        assertEquals(1, some.runs());
    }

    @Test
    void randomInputsFillTheRangeOfTheQuantizerAndNoMore() throws IOException {
        String asymmetric = MODEL.replace("float[1,3]", "float[1,300]").replace("int8 z = {0}", "uint8 z = {28}");
        String copied = asymmetric
                .replace("QuantizeLinear (x,", "QuantizeLinear (same,")
                .replace(
                        "    q =", "    turned = Transpose <perm = [0, 1]> (x)\n    same = Identity (turned)\n    q =");
        for (String text : List.of(asymmetric, copied)) {
            double[] x = new InputMaker(model(text).graph(), Map.of())
                    .make(1)
                    .get("x")
                    .doubles();
            double low = Arrays.stream(x).min().orElseThrow();
            double high = Arrays.stream(x).max().orElseThrow();
            assertTrue(low >= -28 * 0.1001 && low < 6, text + low);
            assertTrue(high <= 227 * 0.1001 && high > 15, text + high);
        }
    }

    @Test
    void randomInputsRepeatWithTheSeed() throws IOException {
        InputMaker maker = new InputMaker(model().graph(), Map.of());
        assertEquals(
                List.of(maker.make(3).get("x").doubles()[0]),
                List.of(maker.make(3).get("x").doubles()[0]));
        assertFalse(
                maker.make(3).get("x").doubles()[0] == maker.make(4).get("x").doubles()[0]);
    }
}
