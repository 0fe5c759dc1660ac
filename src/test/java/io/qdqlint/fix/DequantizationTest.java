package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxTextWriter;
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DequantizationTest {
    private static final String HEAD = "<ir_version: 10, opset_import: [\"\" : 21]>\n";

    @TempDir
    private Path folder;

    private Fix dequantize(String graph) throws IOException {
        Path file = Files.writeString(folder.resolve("m.onnxtxt"), HEAD + graph);
        Model model = OnnxReader.read(file);
        try (Weights weights = new Weights(file.toAbsolutePath())) {
            return Dequantization.of(model, m -> Proposal.unjudged(List.of()), weights);
        }
    }

    private static List<String> lines(Fix fix) {
        return OnnxTextWriter.lines(fix.after(), 100).stream()
                .map(String::strip)
                .toList();
    }

    @Test
    void pairsGoAndCodesBecomeWhatTheyStandFor() throws IOException {
        Fix fix = dequantize("""
                g (float[1,2] x) => (float[1,2] y, float[1,2] r)
                <float s = {0.5}, int8 z = {0}, float[2] sw = {0.25, 2.0}, int8[2] zw = {0, 0},
                 int8[2,2] w = {1, -2, 3, 127}, float[2] sb = {0.125, 1.0}, int32[2] b = {8, -3}>
                {
                    q1 = QuantizeLinear (x, s, z)
                    d1 = DequantizeLinear (q1, s, z)
                    d2 = DequantizeLinear (q1, s, z)
                    dw = DequantizeLinear <axis = 0> (w, sw, zw)
                    db = DequantizeLinear <axis = 0> (b, sb)
                    g = Gemm <transB = 1> (d1, dw, db)
                    q3 = QuantizeLinear (g, s, z)
                    d3 = DequantizeLinear (q3, s, z)
                    q4 = QuantizeLinear (d3, s, z)
                    d4 = DequantizeLinear (q4, s, z)
                    y = Relu (d4)
                    r = Relu (d2)
                }""");
        List<String> lines = lines(fix);
        assertFalse(Dequantization.isQuantized(fix.after()), lines::toString);
        assertEquals(
                List.of("g = Gemm <transB = 1> (x, dw, db)", "y = Relu (g)", "r = Relu (x)"),
                lines.stream().filter(l -> l.contains(" = ") && l.endsWith(")")).toList(),
                lines::toString);
        String all = String.join("\n", lines);
        assertTrue(all.contains("dw = {0.25, -0.5, 6"), all);
        assertTrue(all.contains("db = {1"), all);
        assertFalse(all.contains("sw = "), all);
    }

    @Test
    void codesOfFp8AreDecoded() throws IOException {
        Fix fix = dequantize("""
                g (float[1,2] x) => (float[1,1] y)
                <float s = {2.0}, float8e4m3fn[2,1] w = {48, 188}>
                {
                    dw = DequantizeLinear (w, s)
                    y = MatMul (x, dw)
                }""");
        assertTrue(
                String.join("\n", lines(fix)).contains("dw = {1"),
                () -> lines(fix).toString());
        assertTrue(
                String.join("\n", lines(fix)).contains("-3"), () -> lines(fix).toString());
    }

    @Test
    void whatCannotBeTakenOutStaysAndIsTold() throws IOException {
        Fix fix = dequantize("""
                g (float[1,4] x) => (float[1,1] y, int8[1,4] codes)
                <float[2,1] s = {2.0, 1.0}, int8[4,1] w = {1, 2, 3, 4}, float sx = {1.0}, int8 z = {0}>
                {
                    codes = QuantizeLinear (x, sx, z)
                    dw = DequantizeLinear <axis = 0, block_size = 2> (w, s)
                    y = MatMul (x, dw)
                }""");
        assertTrue(Dequantization.isQuantized(fix.after()));
        assertTrue(fix.refusals().get(0).why().contains("are for blocks"), fix.refusals()::toString);
    }

    @Test
    void aModelWithoutQuantizersStaysAsItIs() throws IOException {
        Fix fix = dequantize("""
                g (float[1,2] x) => (float[1,2] y)
                {
                    y = Relu (x)
                }""");
        assertSame(fix.before(), fix.after());
        assertFalse(Dequantization.isQuantized(fix.before()));
    }
}
