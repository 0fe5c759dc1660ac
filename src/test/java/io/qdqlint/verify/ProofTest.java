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
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.RemovePair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path text = Files.writeString(folder.resolve("m.onnxtxt"), MODEL);
        Path file = folder.resolve("m.onnx");
        OnnxWriter.encode(OnnxReader.read(text), file);
        return OnnxReader.read(file);
    }

    private static Node node(Model model, int index) {
        return model.graph().nodes().get(index);
    }

    private Verdict prove(Model before, Model exact, Model after, String... touched) throws IOException {
        Node q = node(before, 0);
        Step step = new Step(
                new RemovePair("QDQ303", q, q, q, Exactness.CHANGES_NUMERICS),
                Exactness.CHANGES_NUMERICS,
                0,
                "",
                List.of(touched));
        Fix fix = new Fix(before, exact, after, List.of(step), List.of(), 1, true);
        Path target = folder.resolve("fixed.onnx");
        OnnxWriter.write(before, after, target);
        Verdict verdict = Proof.prove(fix, target, new Proof.Settings(1, 2, Map.of()));
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
                new Claim("x", "d", 0.1f / 2.0, 0.1f * 127.0),
                verdict.claims().get(0).claim());
    }

    @Test
    void aBitThatAnExactRewriteChangesIsFound() throws IOException {
        Model before = model();
        Model other = GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, 1), 1, "t")));
        Verdict verdict = prove(before, other, other);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().startsWith("exact rewrites change output 'y'"), verdict.reason());
    }

    @Test
    void aBoundThatDoesNotHoldIsFound() throws IOException {
        Model before = model();
        Model other = GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, 1), 1, "t")));
        Verdict verdict = prove(before, before, other, "d");
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().contains("more than the stated"), verdict.reason());
        assertTrue(verdict.drifts().get(0).sqnr() < 10);
    }

    @Test
    void aModelThatOnnxRuntimeRefusesIsFound() throws IOException {
        Model before = model();
        Model broken = GraphEditor.apply(before, List.of(new Edit.SetInput(node(before, 1), 0, "x")));
        Verdict verdict = prove(before, before, broken);
        assertEquals(Verdict.Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reason().startsWith("ONNX Runtime takes the original and not the fixed"), verdict.reason());
    }

    @Test
    void withoutWeightsNothingIsVerified() throws IOException {
        Model before = model();
        Tensor gone = new Tensor("one", DataType.FLOAT, Shape.of(), new Storage.External("gone.bin", 0, 4));
        Model external = GraphEditor.apply(before, List.of(new Edit.SetInitializer(gone)));
        Verdict verdict = prove(external, external, external);
        assertEquals(Verdict.Outcome.NOT_VERIFIED, verdict.outcome());
        assertEquals("weights are not there: gone.bin does not exist", verdict.reason());
    }

    @Test
    void givenInputsAreReadFromNumpyFiles() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }";
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length() + 12).order(ByteOrder.LITTLE_ENDIAN);
        npy.put((byte) 0x93)
                .put("NUMPY".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length());
        npy.put(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putFloat(0.26f)
                .putFloat(-1)
                .putFloat(100);
        Path file = Files.write(folder.resolve("x.npy"), npy.array());
        Feed feed = new InputMaker(model().graph(), Map.of("x", file)).make(7).get("x");
        assertEquals(DataType.FLOAT, feed.type());
        assertEquals(0.26f, feed.doubles()[0]);
        assertEquals(100, feed.doubles()[2]);
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
