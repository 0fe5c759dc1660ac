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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The forecast equals the engine: stand-alone kernels, precision of the weighted layers, what convolutions take in, and whether it
 * builds and with which message. Models of which something is known to be wrong are listed, with the reason, in {@code exceptions.txt}; one
 * that has become right must leave the list.
 */
class ForecastMatchesEnginesTest {
    private static final Linter LINTER = Linters.ENGINES;
    private static final Map<String, EngineArchive> ARCHIVES = new HashMap<>();

    @TempDir
    static Path folder;

    private static EngineArchive archive(String name) throws IOException {
        EngineArchive known = ARCHIVES.get(name);
        if (known == null) {
            known = EngineArchive.read(name, Files.createDirectories(folder.resolve(name)));
            ARCHIVES.put(name, known);
        }
        return known;
    }

    @Test
    void minimalGraphs() throws IOException {
        EngineScore score = holds("trt10.6-h200", "graphs.zip");
        assertAtLeast(0.985, 0.975, 0.999, score);
        assertPartition(0.95, 0.95, score);
        assertFusions(0.985, 0.96, score);
    }

    @Test
    void furtherMinimalGraphs() throws IOException {
        EngineScore score = holds("trt10.6-h200", "further-graphs.zip");
        assertAtLeast(0.98, 0.98, 1, score);
        assertPartition(0.9, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    @Test
    void laterMinimalGraphs() throws IOException {
        EngineScore score = holds("trt10.6-h200", "later-graphs.zip");
        assertAtLeast(0.985, 0.975, 1, score);
        assertPartition(0.9, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /**
     * First convolutions, activations after them and before Adds, and ends of classifiers, at trtexec's default level. Their nodes have
     * no names that show a layer's type, so kernels and builds alone are compared.
     */
    @Test
    void edgesOfNetworks() throws IOException {
        EngineScore score = holds("trt10.6-h200", "edge-graphs.zip");
        assertAll(
                () -> assertTrue(score.precision() >= 0.93, score::toString),
                () -> assertEquals(1, score.recall(), score::toString),
                () -> assertEquals(1, score.builds(), score::toString));
    }

    @Test
    void realModels() throws IOException {
        EngineScore score = holds("trt10.6-h100", "lab.zip");
        assertAtLeast(0.995, 1, 1, score);
        assertPartition(0.95, 0.9, score);
        assertFusions(0.92, 0.99, score);
        assertEquals(1, score.builds(), score::toString);
    }

    @Test
    void partlyQuantizedModels() throws IOException {
        EngineScore score = holds("trt10.6-h200", "variants.zip");
        assertAtLeast(0.99, 0.995, 0.999, score);
        assertPartition(0.95, 0.93, score);
        assertFusions(0.94, 0.92, score);
    }

    @Test
    void networks() throws IOException {
        EngineScore score = holds("trt10.6-h200", "networks.zip");
        assertAtLeast(1, 1, 1, score);
        assertPartition(0.9, 0.9, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /** 16 architectures, as exported and with the pairs that the forecast advised. */
    @Test
    void candidateEdits() throws IOException {
        EngineScore score = holds("trt10.6-h200", "candidates.zip");
        assertAtLeast(1, 1, 1, score);
        assertPartition(0.985, 0.97, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /** 9 architectures, as exported and fixed, at trtexec's default level. */
    @Test
    void timedEngines() throws IOException {
        EngineScore score = holds("trt10.6-h200", "timed.zip");
        assertAtLeast(0.99, 1, 1, score);
        assertEquals(1, score.builds(), score::toString);
    }

    /** Small networks of ten exporters, as exported and fixed. */
    @Test
    void exporters() throws IOException {
        EngineScore score = holds("trt10.6-h200", "exporters.zip");
        assertAtLeast(0.85, 0.8, 1, score);
        assertTrue(score.builds() > 0.98, score::toString);
    }

    /** TensorRT 8.6.1: minimal graphs and whole models. */
    @Test
    void enginesOfTensorRt86() throws IOException {
        EngineScore score = holds(Linters.of(new Target(8, 6)), "trt8.6-h200", "graphs.zip");
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
    void theTableOfMinimalGraphsIsWhatTheEnginesShow(String graphs) throws IOException {
        Map<String, String> shown = new TreeMap<>();
        for (EngineArchive.Built built : archive(graphs + ".zip").models()) {
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

    private static EngineScore holds(String place, String archive) throws IOException {
        return holds(LINTER, place, archive);
    }

    private static EngineScore holds(Linter linter, String place, String archive) throws IOException {
        Map<String, String> exceptions = EngineArchive.exceptions(place);
        EngineScore score = new EngineScore();
        List<String> wrong = new ArrayList<>();
        for (EngineArchive.Built built : archive(place + "/" + archive).models()) {
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

    private static void assertFusions(double precision, double recall, EngineScore score) {
        EngineFusions fusions = score.fusions();
        assertAll(
                () -> assertTrue(fusions.precision() >= precision, "fusions' precision: " + fusions),
                () -> assertTrue(fusions.recall() >= recall, "fusions' recall: " + fusions));
    }
}
