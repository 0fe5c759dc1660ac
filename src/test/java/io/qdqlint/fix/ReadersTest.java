package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxTextWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rewrite looks at all that reads what it changes: other readers of the codes, DQs with parameters of their own, callers. */
class ReadersTest {
    private static final Linter LINTER = Linters.H100;

    private static final String HEAD = "<ir_version: 8, opset_import: [\"\" : 13]>\n";
    private static final String WEIGHT =
            "int8[4,4,1,1] wq = {-13,34,-115,97,106,-47,-61,73,116,-2,11,-15,91,28,57,-7}, float ws = {0.01}, int8 z = {0}";

    @TempDir
    Path folder;

    private Fix fix(String graph) throws IOException {
        Path file = Files.writeString(folder.resolve("m.onnxtxt"), HEAD + graph);
        try (Weights weights = new Weights(file)) {
            return new Fixer(LINTER::propose, FixOptions.UNSAFE, weights).fix(OnnxReader.read(file));
        }
    }

    private static String text(Fix fix) {
        return String.join("\n", OnnxTextWriter.lines(fix.after(), 16));
    }

    private static void assertRefused(Fix fix, String why) {
        assertTrue(fix.refusals().stream().anyMatch(r -> r.why().contains(why)), fix.refusals() + "\n" + text(fix));
    }

    private static String twoQuantizers(String reader) {
        return "g (float[1,4,8,8] x) => (float[1,4,8,8] y, " + (reader.contains("Cast") ? "float" : "int8")
                + "[1,4,8,8] o)\n<" + WEIGHT + ", float s1 = {0.08}, float s2 = {0.05}>\n{\n"
                + "r = Relu (x)\na = QuantizeLinear (r, s1, z)\naq = DequantizeLinear (a, s1, z)\n"
                + "w = DequantizeLinear (wq, ws, z)\ny1 = Conv (aq, w)\n"
                + reader
                + "bq = DequantizeLinear (b, s2, z)\ny2 = Conv (bq, w)\ny = Add (y1, y2)\n}\n";
    }

    @Test
    void scalesThatOtherReadersOfTheCodesSeeStay() throws IOException {
        assertRefused(
                fix(twoQuantizers("b = QuantizeLinear (r, s2, z)\no = MaxPool <kernel_shape = [1, 1]> (b)\n")),
                "'node_of_o' (MaxPool) reads the codes 'b' as well");
        assertRefused(
                fix(twoQuantizers("b = QuantizeLinear (r, s2, z)\no = Cast <to = 1> (b)\n")),
                "'node_of_o' (Cast) reads the codes 'b' as well");
        assertRefused(
                fix(twoQuantizers("o = QuantizeLinear (r, s2, z)\nb = Identity (o)\n")),
                "'o' are an output of the graph");
        Fix alone = fix(twoQuantizers("b = QuantizeLinear (r, s2, z)\no = Cast <to = 1> (x)\n"));
        assertTrue(alone.steps().stream().anyMatch(s -> s.rewrite().rule().equals("QDQ103")), alone::toString);
    }

    @Test
    void aNegativeScaleOfStoredCodesTurnsThem() throws IOException {
        String graph =
                "g (float[1,4,8,8] x) => (float[1,4,8,8] y)\n<" + WEIGHT + ", float s = {0.03}, float n = {-0.01}>\n{\n"
                        + "q = QuantizeLinear (x, s, z)\nd = DequantizeLinear (q, s, z)\nw = DequantizeLinear (wq, n, z)\n"
                        + "y = Conv (d, w)\n}\n";
        Fix fix = fix(graph);
        assertTrue(
                text(fix).contains("{13, -34, 115, -97, -106, 47, 61, -73, -116, 2, -11, 15, -91, -28, -57, 7}"),
                text(fix));
        assertRefused(fix(graph.replace("-115", "-128")), "contain -128 and have a negative scale");
    }

    @Test
    void eachNodeKeepsAScaleOfItsOwn() throws IOException {
        Fix fix = fix(
                "g (float[1,4,8,8] x) => (float[1,4,8,8] y)\n<float s1 = {0.03}, float s2 = {0.06}, uint8 u = {128}>\n{\n"
                        + "q = QuantizeLinear (x, s1, u)\nd = DequantizeLinear (q, s2, u)\ny = Relu (d)\n}\n");
        assertTrue(text(fix).contains("QuantizeLinear (x, s1, s1_zero_point)"), text(fix));
        assertTrue(text(fix).contains("DequantizeLinear (q, s2, s2_zero_point)"), text(fix));
    }

    @Test
    void aDequantizerWithAnotherZeroPointKeepsIt() throws IOException {
        Fix fix = fix(
                "g (float[1,4,8,8] x) => (float[1,4,8,8] y)\n<float s = {0.03}, uint8 u = {128}, uint8 v = {100}>\n{\n"
                        + "q = QuantizeLinear (x, s, u)\nd = DequantizeLinear (q, s, v)\ny = Relu (d)\n}\n");
        assertFalse(fix.changed());
        assertRefused(fix, "'node_of_d' has another zero point than 'node_of_q'");
    }

    @Test
    void aPairThatChangesItsScaleIsNotRemoved() throws IOException {
        Fix fix = fix("g (float[1,4,8,8] x) => (float[1,4,8,8] y)\n<" + WEIGHT
                + ", float s = {0.03}, float s1 = {0.02}, float s2 = {0.04}>\n{\n"
                + "q = QuantizeLinear (x, s, z)\nd = DequantizeLinear (q, s, z)\nw = DequantizeLinear (wq, ws, z)\n"
                + "c = Conv (d, w)\ne = QuantizeLinear (c, s1, z)\ny = DequantizeLinear (e, s2, z)\n}\n");
        assertEquals(List.of(), fix.steps());
        assertRefused(fix, "'node_of_y' dequantizes with other parameters than those of 'node_of_e'");
    }

    @Test
    void whatCallersMayReplaceStays() throws IOException {
        String graph = "g (float[1,4,8,8] x, int32[4] b) => (float[1,4,8,8] y)\n<" + WEIGHT
                + ", float s = {0.03}, int32[4] b = {100, 200, 300, 400}, float bs = {0.0003}>\n{\n"
                + "q = QuantizeLinear (x, s, z)\nd = DequantizeLinear (q, s, z)\nw = DequantizeLinear (wq, ws, z)\n"
                + "bd = DequantizeLinear (b, bs)\ny = Conv (d, w, bd)\n}\n";
        Fix fix = fix(graph);
        assertFalse(fix.changed());
        assertRefused(fix, "'b' is a graph input with a default value");
        assertTrue(fix(graph.replace(", int32[4] b)", ")")).changed());
    }
}
