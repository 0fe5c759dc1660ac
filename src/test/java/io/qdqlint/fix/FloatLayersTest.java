package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FloatLayersTest {
    @Test
    void leavesTheLayersThatAreNamedAndNoOthers() throws IOException {
        Model model = OnnxReader.read(Path.of("examples/resnet50.monkey.onnx"));
        Linter linter = Linters.ENGINES;
        Set<String> before = FloatLayers.quantized(model);
        String first = before.iterator().next();
        try (Weights weights = new Weights(model.file())) {
            Fix fix = FloatLayers.leave(model, Set.of(first), linter::propose, weights);
            Set<String> expected = new TreeSet<>(before);
            expected.remove(first);
            assertEquals(expected, FloatLayers.quantized(fix.after()));
            assertTrue(fix.steps().stream().anyMatch(s -> s.says().contains("stays in floating point")));
        }
    }
}
