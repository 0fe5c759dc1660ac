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
}
