package io.qdqlint.forecast;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Target;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.trt.EngineLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The forecast equals the engine: stand-alone kernels, precision of the weighted layers, and whether it builds and with
 * which message. Models of which something is known to be wrong are listed, with the reason, in {@code exceptions.txt}; one
 * that has become right must leave the list.
 */
class ForecastMatchesEnginesTest {
    private static final Linter LINTER = Linters.ENGINES;

    @Test
    void minimalGraphs(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "graphs.zip", folder);
        assertAtLeast(0.985, 0.975, 0.999, score);
        assertPartition(0.95, 0.95, score);
    }

    @Test
    void furtherMinimalGraphs(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "further-graphs.zip", folder);
        assertAtLeast(0.98, 0.98, 1, score);
        assertPartition(0.9, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    @Test
    void laterMinimalGraphs(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "later-graphs.zip", folder);
        assertAtLeast(0.985, 0.975, 1, score);
        assertPartition(0.9, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /**
     * First convolutions, activations after them and before Adds, and ends of classifiers, at trtexec's default level. Their nodes have
     * no names that show a layer's type, so kernels and builds alone are compared.
     */
    @Test
    void edgesOfNetworks(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "edge-graphs.zip", folder);
        assertAll(
                () -> assertTrue(score.precision() >= 0.93, score::toString),
                () -> assertEquals(1, score.recall(), score::toString),
                () -> assertEquals(1, score.builds(), score::toString));
    }

    @Test
    void realModels(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h100", "lab.zip", folder);
        assertAtLeast(0.995, 1, 1, score);
        assertPartition(0.95, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    @Test
    void partlyQuantizedModels(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "variants.zip", folder);
        assertAtLeast(0.99, 0.995, 0.999, score);
        assertPartition(0.95, 0.93, score);
    }

    @Test
    void networks(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "networks.zip", folder);
        assertAtLeast(1, 1, 1, score);
        assertPartition(0.9, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /** 16 architectures, as exported and with the pairs that the forecast advised. */
    @Test
    void candidateEdits(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "candidates.zip", folder);
        assertAtLeast(1, 1, 1, score);
        assertPartition(0.985, 0.97, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /** 9 architectures, as exported and fixed, at trtexec's default level. */
    @Test
    void timedEngines(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "timed.zip", folder);
        assertAtLeast(0.99, 1, 1, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /** Small networks of ten exporters, as exported and fixed. */
    @Test
    void exporters(@TempDir Path folder) throws IOException {
        EngineScore score = holds("trt10.6-h200", "exporters.zip", folder);
        assertAtLeast(0.85, 0.8, 1, score);
        assertTrue(score.builds() > 0.98, score::toString);
    }

    /** TensorRT 8.6.1: minimal graphs and whole models. */
    @Test
    void enginesOfTensorRt86(@TempDir Path folder) throws IOException {
        EngineScore score = holds(Linters.of(new Target(8, 6)), "trt8.6-h200", "graphs.zip", folder);
        assertAtLeast(0.985, 0.985, 0.999, score);
        assertPartition(0.95, 0.94, score);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trt10.6-h200/graphs",
                "trt10.6-h200/further-graphs",
                "trt10.6-h200/later-graphs",
                "trt10.6-h200/edge-graphs",
                "trt8.6-h200/graphs"
            })
    void theTableOfMinimalGraphsIsWhatTheEnginesShow(String graphs, @TempDir Path folder) throws IOException {
        Map<String, String> shown = new TreeMap<>();
        for (EngineArchive.Built built :
                EngineArchive.read(graphs + ".zip", folder).models()) {
            List<String> kernels = new ArrayList<>();
            if (built.engine() == null) {
                List<String> lines = built.failure().lines().toList();
                kernels.add("does not build: " + lines.get(lines.size() - 1));
            } else {
                for (EngineLayer layer : built.engine().standAloneQuantizers()) {
                    kernels.add(layer.onnxNodes().stream().sorted().collect(Collectors.joining(" ")));
                }
            }
            shown.put(
                    built.name(),
                    kernels.isEmpty() ? "no kernels" : kernels.stream().sorted().collect(Collectors.joining(" | ")));
        }
        assertEquals(new TreeMap<>(EngineArchive.table(graphs + ".tsv")), shown);
    }

    private static EngineScore holds(String place, String archive, Path folder) throws IOException {
        return holds(LINTER, place, archive, folder);
    }

    private static EngineScore holds(Linter linter, String place, String archive, Path folder) throws IOException {
        Map<String, String> exceptions = EngineArchive.exceptions(place);
        EngineScore score = new EngineScore();
        List<String> wrong = new ArrayList<>();
        for (EngineArchive.Built built :
                EngineArchive.read(place + "/" + archive, folder).models()) {
            List<String> differences = score.add(linter.lint(OnnxReader.read(built.model())), built);
            String known = exceptions.get(built.name());
            if (known != null && differences.isEmpty()) {
                wrong.add(built.name() + ": right now; take it off the exceptions (" + known + ")");
            } else if (known == null && !differences.isEmpty()) {
                wrong.add(built.name() + ": " + String.join("; ", differences));
            }
        }
        assertTrue(wrong.isEmpty(), () -> score + "\n" + String.join("\n", wrong));
        return score;
    }

    private static void assertAtLeast(double precision, double recall, double layers, EngineScore score) {
        assertAll(
                () -> assertTrue(score.precision() >= precision, "precision: " + score),
                () -> assertTrue(score.recall() >= recall, "recall: " + score),
                () -> assertTrue(score.layers() >= layers, "layers: " + score));
    }

    /** Convolutions that TensorRT merges, activations that it leaves out of a convolution and copies at a Concat are decided by time. */
    private static void assertPartition(double precision, double recall, EngineScore score) {
        assertAll(
                () -> assertTrue(score.partition().precision() >= precision, "partition's precision: " + score),
                () -> assertTrue(score.partition().recall() >= recall, "partition's recall: " + score));
    }
}
