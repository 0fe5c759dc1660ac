package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxTextReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a kernel that only quantizes is said to take, by size, layout and the shapes of the inputs. */
class KernelTimesTest {
    /** A depthwise convolution of a graph input. */
    private static String depthwise(String input, int channels, String window) {
        return """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[%s] x) => (y)
                <int8 z = {0}, float s = {0.05}, int8[%2$d] wz = ["location": "z"], float[%2$d] ws = ["location": "s"],
                 int8[%2$d,1,%3$s] wq = ["location": "w"]>
                {
                  q = QuantizeLinear (x, s, z)
                  d = DequantizeLinear (q, s, z)
                  w = DequantizeLinear <axis = 0> (wq, ws, wz)
                  y = Conv <group = %2$d> (d, w)
                }
                """.formatted(input, channels, window);
    }

    private static Forecast forecast(String text, InputShapes inputs) {
        return new Linter(Linters.RULES, Target.DEFAULT, Linters.H200, Tolerance.DEFAULT, inputs)
                .lint(OnnxTextReader.parse(text, Path.of("m.onnxtxt")))
                .forecast();
    }

    private static double micros(String text, String shapes) {
        List<Forecast.Kernel> kernels =
                forecast(text, InputShapes.parse(shapes)).kernels();
        assertEquals(1, kernels.size());
        return kernels.get(0).micros();
    }

    private static double micros(String text) {
        return micros(text, "");
    }

    /** Measured on an H200 in quiet builds (docs/forecast.md): 10 us for 0.4 million elements in FP32, 20 us for 1.6 million. */
    @Test
    void aLargeTensorTakesTheFastImplementation() {
        assertEquals(9, micros(depthwise("1,64,80,80", 64, "3,3")), 1);
        assertEquals(20, micros(depthwise("1,64,160,160", 64, "3,3")), 1);
        assertTrue(micros(depthwise("2,64,160,160", 64, "3,3")) < 14);
    }

    @Test
    void vectorsOfFourChannelsAreQuicker() {
        double usual = micros(depthwise("1,64,80,80", 64, "3,3"));
        assertEquals(usual, micros(depthwise("1,64,80,80", 64, "5,5")));
        double fourWide = micros(depthwise("1,64,80,80", 64, "7,7"));
        assertTrue(fourWide < usual - 2, fourWide + " " + usual);
        assertEquals(
                fourWide, micros(depthwise("1,64,80,80", 64, "3,3").replace("group =", "dilations = [2, 2], group =")));
        assertTrue(micros(depthwise("1,4,320,320", 4, "3,3")) < usual - 2, "an image");
    }

    @Test
    void anOpenDimensionCountsAsOneUnlessItIsGiven() {
        String open = depthwise("N,64,80,80", 64, "3,3");
        assertEquals(micros(depthwise("1,64,80,80", 64, "3,3")), micros(open));
        assertEquals(micros(depthwise("4,64,80,80", 64, "3,3")), micros(open, "x:4x64x80x80"));
        List<String> said = forecast(open, InputShapes.NONE).basis().sentences();
        assertTrue(said.get(0).contains("--shapes=x:1x64x80x80"), said.toString());
        assertEquals(
                List.of(),
                forecast(open, InputShapes.parse("x:4x64x80x80")).basis().sentences());
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        String open = depthwise("N,64,80,80", 64, "3,3");
        for (String shapes : List.of("x:4x32x80x80", "x:4x64x80", "images:4x64x80x80")) {
            InputShapes given = InputShapes.parse(shapes);
            String message = assertThrows(InvalidModelException.class, () -> forecast(open, given))
                    .getMessage();
            assertTrue(message.startsWith("--shapes ") && message.contains("x"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> InputShapes.parse("x=1x3"));
        assertEquals("'a,b':1x2,c:3", InputShapes.parse("c:3,'a,b':1x2").toString());
    }
}
