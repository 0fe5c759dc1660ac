package io.qdqlint.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxTextReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostsTest {
    private static final String MODEL = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,4,%1$s,%1$s] x) => (float[1,4,%1$s,%1$s] y)
            <float[4,4,1,1] w = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4},
             float[4,4,1,1] k = ["location": "k"]>
            {
              c = Conv (x, w)
              y = Conv (c, k)
            }
            """;

    private static Costs costs(Model model) {
        Device device = Linters.DEVICE;
        return FactExtractor.extract(model, Target.DEFAULT, device, Tolerance.DEFAULT, InputShapes.NONE).stream()
                .filter(Costs.class::isInstance)
                .map(Costs.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Model model(long side) {
        return OnnxTextReader.parse(MODEL.formatted(side), Path.of("m.onnx"));
    }

    @Test
    void aGraphInputIsOfFp32AndNothingElse() {
        Model model = model(10);
        assertEquals(400 * 5, costs(model).conversion(model.graph().value("x")).bytes());
        assertEquals(400 * 3, costs(model).conversion(model.graph().value("c")).bytes());
        assertEquals(16 * 3, costs(model).conversion(model.graph().value("k")).bytes());
    }

    @Test
    void whatIsMoreThanCanBeCountedIsUnknown() {
        for (long side : List.of(700_000_000L, 1_000_000_000L, 4_000_000_000L)) {
            Model model = model(side);
            Cost cost = costs(model).conversion(model.graph().value("x"));
            assertEquals(-1, cost.bytes());
            assertTrue(Double.isNaN(cost.micros()));
        }
        Model model = model(1_400_000_000L);
        assertEquals(-1, costs(model).shapes().macs(model.graph().nodes().get(0)));
    }
}
