package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Devices;
import io.qdqlint.fact.Target;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FloatLayersTest {
    @Test
    void leavesTheLayersThatAreNamedAndNoOthers() throws IOException {
        Model model = OnnxReader.read(Path.of("examples/resnet50.monkey.onnx"));
        Linter linter = new Linter(
                RuleRunner.load(List.of()),
                new Target(10, 6),
                Devices.load(null).named("H200").orElseThrow());
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
