package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixCommandTest {
    private static final Path FIXTURE = Path.of("rules/scale/QDQ101-concat-scale-mismatch/bad.onnxtxt");

    @TempDir
    Path folder;

    private Path model;
    private String out;
    private String err;

    @BeforeEach
    void encode() throws IOException {
        model = folder.resolve("m.onnx");
        OnnxWriter.encode(OnnxReader.read(FIXTURE), model);
    }

    private int fix(Object... args) {
        List<String> words = new ArrayList<>(List.of("fix"));
        for (Object arg : args) {
            words.add(arg.toString());
        }
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int status = Main.run(words.toArray(String[]::new), outBytes, new PrintStream(errBytes, true));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesTheFixedModelWithItsProof() throws IOException {
        Path fixed = folder.resolve("fixed.onnx");
        assertEquals(0, fix(model, "-o", fixed, "--unsafe"), err);
        assertTrue(out.contains("QDQ101 changes numerics: "), out);
        assertTrue(out.contains("proven in ONNX Runtime with 3 inputs"), out);
        assertTrue(out.contains("quantized tensors are within the stated bound"), out);
        assertEquals(List.of("fixed.onnx", "m.onnx"), files());
        assertEquals(0, fix(fixed, "--in-place", "--unsafe"));
        assertTrue(out.contains("0 rewrites"), out);
    }

    @Test
    void appliesOnlyExactRewritesUnlessAllowed() throws IOException {
        byte[] before = Files.readAllBytes(model);
        assertEquals(1, fix(model, "--in-place"));
        assertTrue(out.contains("not applied: it changes numerics; --unsafe applies it"), out);
        assertArrayEquals(before, Files.readAllBytes(model));
    }

    @Test
    void looksWithoutWriting() throws IOException {
        assertEquals(0, fix(model, "--dry-run", "--unsafe"));
        assertTrue(out.contains("after:  "), out);
        assertEquals(0, fix(model, "--diff", "--unsafe"));
        assertTrue(out.startsWith("--- " + model), out);
        assertTrue(out.lines().anyMatch(l -> l.startsWith("-") && l.contains("s_side")), out);
        assertEquals(List.of("m.onnx"), files());
    }

    @Test
    void mendsSelectedRulesOnly() {
        assertEquals(1, fix(model, "--dry-run", "--unsafe", "--select", "QDQ5"));
        assertTrue(out.contains(": 0 rewrites"), out);
        assertEquals(1, fix(model, "--dry-run", "--unsafe", "--ignore", "QDQ101"));
    }

    @Test
    void textModelsAreFixedAsText() throws IOException {
        Path text = folder.resolve("fixed.onnxtxt");
        assertEquals(0, fix(FIXTURE, "-o", text, "--unsafe"), err);
        assertTrue(Files.readString(text).startsWith("<ir_version: 8"));
        assertFalse(OnnxReader.read(text).graph().nodes().isEmpty());
    }

    @Test
    void refusesToGuessWhereToWrite() {
        assertEquals(2, fix(model));
        assertTrue(err.contains("--dry-run"), err);
        assertEquals(2, fix(model, "-o", model));
        assertTrue(err.contains("--in-place"), err);
        assertEquals(2, fix(folder.resolve("none.onnx"), "--diff"));
        assertEquals(2, fix(model, "--diff", "--calibration", folder.resolve("none")));
    }
}
