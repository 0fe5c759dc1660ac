package io.qdqlint.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxTextReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactExtractorTest {
    private static <T> List<T> facts(String text, Class<T> type) {
        return FactExtractor.extract(
                        OnnxTextReader.parse(text, Path.of("m.onnx")),
                        Target.DEFAULT,
                        Linters.DEVICE,
                        Tolerance.DEFAULT,
                        InputShapes.NONE)
                .stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void oneStoredWeightIsOneTensorThroughIdentity() {
        String model = """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[4] x) => (float[4] y)
                <int8[4] w = {1, 2, 3, 4}, float s = {0.5}, int8 z = {0}>
                {
                  v = Identity (w)
                  u = Identity (v)
                  a = DequantizeLinear (w, s, z)
                  b = DequantizeLinear (v, s, z)
                  c = DequantizeLinear (u, s, z)
                  m = Sum (a, b, c, x)
                  y = Add (m, v)
                }
                """;
        assertEquals(
                List.of("w", "w", "w"),
                facts(model, Dequantize.class).stream()
                        .map(d -> d.input().name())
                        .toList());
        Constant read = facts(model, Constant.class).stream()
                .filter(c -> c.toOp().equals("Add"))
                .findFirst()
                .orElseThrow();
        assertEquals("v", read.value().name(), "the tensor that is read");
        assertEquals("Identity", read.fromOp());
        assertEquals("w", read.origin().name());
    }

    @Test
    void aZeroPointHasTheTypeOfItsCast() {
        String model = """
                <ir_version: 8, opset_import: ["" : 19]>
                g (float[4] x) => (float[4] y, float[4] u)
                <float s = {0.5}, float f = {0.0}>
                {
                  c = Cast <to = 3> (f)
                  z = Identity (c)
                  e = Cast <to = 17> (f)
                  a = QuantizeLinear (x, s, z)
                  y = DequantizeLinear (a, s, z)
                  b = QuantizeLinear (x, s, e)
                  u = DequantizeLinear (b, s)
                }
                """;
        assertEquals(
                List.of("INT8", "INT8", "FLOAT8E4M3FN", "FLOAT8E4M3FN"),
                facts(model, Quantizer.class).stream()
                        .map(q -> q.scale().type().name())
                        .toList());
    }

    @Test
    void sumsInInt32AreKnownByTheirZeroPoint() {
        String model = """
                <ir_version: 8, opset_import: ["" : 13]>
                g (uint8[2,4] x) => (float[2,3] y)
                <uint8[4,3] w = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, float s = {0.5}, int32 z = {0}>
                {
                  a = MatMulInteger (x, w)
                  y = DequantizeLinear (a, s, z)
                }
                """;
        assertEquals("INT32", facts(model, Dequantize.class).get(0).inputType().name());
    }
}
