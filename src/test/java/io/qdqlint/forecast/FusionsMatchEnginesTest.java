package io.qdqlint.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Node;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much of what is forecast to become part of a convolution's kernel is part of it in the engine, and the other way round.
 * Most of what is wrong is an activation for which TensorRT took a kernel of its own, by its time.
 */
class FusionsMatchEnginesTest {
    private static final Linter LINTER = Linters.ENGINES;

    private int forecast;
    private int real;
    private int right;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void minimalGraphs(@TempDir Path folder) throws IOException {
        assertAtLeast(0.985, 0.96, "trt10.6-h200/graphs.zip", folder);
    }

    @Test
    void realModels(@TempDir Path folder) throws IOException {
        assertAtLeast(0.92, 0.99, "trt10.6-h100/lab.zip", folder);
    }

    @Test
    void partlyQuantizedModels(@TempDir Path folder) throws IOException {
        assertAtLeast(0.94, 0.92, "trt10.6-h200/variants.zip", folder);
    }

    private void assertAtLeast(double precision, double recall, String archive, Path folder) throws IOException {
        for (EngineArchive.Built built : EngineArchive.read(archive, folder).models()) {
            if (built.engine() != null) {
                for (Forecast.Layer layer :
                        LINTER.lint(OnnxReader.read(built.model())).forecast().layers()) {
                    built.engine().layers().stream()
                            .filter(e -> isKernelOf(layer, e))
                            .forEach(e -> compare(built.name(), layer, e));
                }
            }
        }
        String found = right + " of " + forecast + " forecast and " + real + " real\n" + String.join("\n", wrong);
        assertTrue(right >= precision * forecast, () -> "precision: " + found);
        assertTrue(right >= recall * real, () -> "recall: " + found);
    }

    /** Convolutions that are merged, because they read one tensor, share a kernel: whose it is is not known there. */
    private static boolean isKernelOf(Forecast.Layer layer, EngineLayer kernel) {
        return kernel.kind() == LayerKind.CONVOLUTION
                && kernel.onnxNodes().contains(layer.node().name())
                && kernel.name().indexOf("||") < 0;
    }

    private void compare(String model, Forecast.Layer layer, EngineLayer kernel) {
        List<String> fused = new ArrayList<>(layer.fused().stream()
                .map(Node::name)
                .filter(n -> !EngineLayer.isQuantizer(n))
                .toList());
        List<String> inside = new ArrayList<>(kernel.computeNodes());
        inside.remove(layer.node().name());
        forecast += fused.size();
        real += inside.size();
        right += (int) fused.stream().filter(inside::contains).count();
        fused.stream()
                .filter(n -> !inside.contains(n))
                .forEach(n -> wrong.add(model + ": " + layer.node() + " does not take in " + n));
        inside.stream()
                .filter(n -> !fused.contains(n))
                .forEach(n -> wrong.add(model + ": " + layer.node() + " takes in " + n));
    }
}
