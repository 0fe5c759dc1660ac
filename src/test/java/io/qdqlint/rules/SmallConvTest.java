package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.concept.Gains.UnprofitableKernel;
import io.qdqlint.fact.Device;
import io.qdqlint.fact.Target;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which quantize kernels are said to take longer than INT8 saves, by the number of layers that they are there for. */
class SmallConvTest {

    private static final String HEAD = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,4,8,8] x) => (OUTPUTS)
            <int8 z = {0}, float s = {0.05}, float t = {0.07}, float[4] ws = {0.01, 0.012, 0.009, 0.011}, int8[4] wz = {0, 0, 0, 0},
             int8[4,4,1,1] wq = {-93, 18, 89, 78, 68, -111, -62, -97, -1, 67, -12, -7, 39, -30, 74, -74},
             int8[4,1,1,1] wd = {-93, 18, 89, 78}>
            {
              w = DequantizeLinear <axis = 0> (wq, ws, wz)
              p = GlobalAveragePool (x)
              p_q = QuantizeLinear (p, s, z)
              p_d = DequantizeLinear (p_q, s, z)
            """;
    private static final String ONE = HEAD + "  y = Conv (p_d, w)\n";
    private static final String TWO = HEAD + """
              a = Conv (p_d, w)
              a_q = QuantizeLinear (a, s, z)
              a_d = DequantizeLinear (a_q, s, z)
            """;

    @TempDir
    Path folder;

    private List<Integer> dear(String text, String outputs, Target target, Device device) throws Exception {
        Path file = Files.writeString(folder.resolve("m.onnxtxt"), text.replace("OUTPUTS", outputs) + "}\n");
        return new Linter(Linters.RULES, target, device)
                .derive(OnnxReader.read(file)).all(UnprofitableKernel.class).stream()
                        .map(d -> d.layers().size())
                        .toList();
    }

    private List<Integer> dear(String text, String outputs) throws Exception {
        return dear(text, outputs, Target.DEFAULT, Linters.DEVICE);
    }

    @Test
    void oneLayerOrTwoInARow() throws Exception {
        assertEquals(List.of(1), dear(ONE, "float[1,4,1,1] y"));
        assertEquals(List.of(2), dear(TWO + "  y = Conv (a_d, w)\n", "float[1,4,1,1] y"));
        assertEquals(
                List.of(2), dear(ONE + "  b = Relu (y)\n  c = Conv (p_d, w)\n", "float[1,4,1,1] b, float[1,4,1,1] c"));
    }

    @Test
    void notWhereTheGainMayBeLarger() throws Exception {
        String y = "float[1,4,1,1] y";
        Device noLaunch = new Device("no launch", Linters.DEVICE.bandwidth(), 0, Double.NaN);
        assertEquals(List.of(), dear(ONE, y, Target.DEFAULT, noLaunch));
        assertEquals(
                List.of(), dear(ONE, y, Target.parse("11.x"), Linters.DEVICE), "strongly typed: FP32 in place of FP16");
        assertEquals(List.of(1), dear(ONE.replace("float[1,4,8,8] x", "float[64,4,8,8] x"), y));
        assertEquals(List.of(), dear(ONE.replace("float[1,4,8,8] x", "float[65,4,8,8] x"), y));
        assertEquals(List.of(), dear(ONE.replace("float[1,4,8,8] x", "float[N,4,8,8] x"), y));
        String wide = ONE.replace("GlobalAveragePool (x)", "AveragePool <kernel_shape = [8, 7]> (x)");
        assertEquals(List.of(), dear(wide, "float[1,4,1,2] y"));
        String depthwise = ONE.replace("(wq,", "(wd,").replace("Conv (p_d", "Conv <group = 4> (p_d");
        assertEquals(List.of(), dear(depthwise, y));
    }

    @Test
    void notWhereSomethingElseReadsTheCodes() throws Exception {
        String y = "float[1,4,1,1] y";
        assertEquals(List.of(), dear(ONE, y + ", float[1,4,1,1] p_d"));
        assertEquals(List.of(), dear(ONE, y + ", int8[1,4,1,1] p_q"));
        assertEquals(List.of(), dear(ONE + "  r = Relu (p_d)\n", y + ", float[1,4,1,1] r"));
        assertEquals(List.of(), dear(ONE + "  k = Conv (p, p_d)\n", y + ", float[1,1,1,1] k"));
        assertEquals(List.of(), dear(ONE + "  t1 = Transpose (p_q)\n", y + ", int8[1,1,4,1] t1"));
        assertEquals(List.of(), dear(TWO, "float[1,4,1,1] a_d"), "what the layer writes leaves the graph");
        String three = TWO + """
                  b = Conv (a_d, w)
                  b_q = QuantizeLinear (b, s, z)
                  b_d = DequantizeLinear (b_q, s, z)
                  y = Conv (b_d, w)
                """;
        assertEquals(List.of(), dear(three, y), "a third layer");
    }

    @Test
    void eachScaleOfATensorHasAKernelOfItsOwn() throws Exception {
        String twice = ONE + """
                  o_q = QuantizeLinear (p, t, z)
                  o_d = DequantizeLinear (o_q, t, z)
                  o = Conv (o_d, w)
                """;
        assertEquals(List.of(1, 1), dear(twice, "float[1,4,1,1] y, float[1,4,1,1] o"));
    }

    @Test
    void whatMovedUpIsNotFollowed() throws Exception {
        String moved = ONE.replace(
                "  p_q = QuantizeLinear (p,", "  m = Transpose <perm = [0, 1, 3, 2]> (p)\n  p_q = QuantizeLinear (m,");
        assertEquals(List.of(), dear(moved, "float[1,4,1,1] y"));
    }

    @Test
    void scalesThatCountAsOneAreNotFollowed() throws Exception {
        String near = ONE + """
                  o_q = QuantizeLinear (p, t, z)
                  o_d = DequantizeLinear (o_q, t, z)
                  o = Conv (o_d, w)
                """;
        assertEquals(List.of(), dear(near.replace("{0.07}", "{0.05000001}"), "float[1,4,1,1] y, float[1,4,1,1] o"));
    }
}
