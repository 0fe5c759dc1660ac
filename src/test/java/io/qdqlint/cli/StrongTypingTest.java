package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --strongly-typed}, and the same in the configuration. */
class StrongTypingTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void aModelWithALayerInFp32() throws IOException {
        model = Files.copy(
                Path.of("rules/precision/QDQ413-fp32-under-strong-typing/bad-ten.onnxtxt"),
                folder.resolve("m.onnxtxt"));
    }

    private String run(int status, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(status, Main.run(args, out, new PrintStream(out, true, StandardCharsets.UTF_8)), out::toString);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void layersHaveTheTypeOfTheFile() {
        assertTrue(run(0, "forecast", model.toString()).contains("1 int8, 1 fp16"));
        String strong = run(0, "forecast", "--strongly-typed", model.toString());
        assertTrue(strong.contains("1 int8, 1 fp32"), strong);
        assertTrue(strong.contains("the engine is strongly typed"), strong);
        assertFalse(run(0, "check", model.toString()).contains("QDQ413"));
        assertTrue(run(0, "check", "--strongly-typed", model.toString()).contains("QDQ413"));
    }

    @Test
    void reportsForProgramsSayWhichBuildTheyAreFor() {
        for (String command : new String[] {"check", "forecast"}) {
            assertTrue(says(false, command, "-f", "json", model.toString()));
            assertTrue(says(true, command, "-f", "json", "--strongly-typed", model.toString()));
        }
        assertTrue(says(true, "check", "-f", "sarif", "--tensorrt", "11", model.toString()));
    }

    private boolean says(boolean strong, String... args) {
        return run(0, args).replace(" ", "").contains("\"stronglyTyped\":" + strong);
    }

    @Test
    void theConfigurationSaysSoForModels() throws IOException {
        Path config = folder.resolve(".qdqlint.yml");
        Files.writeString(config, "strongly-typed: true\n");
        assertTrue(run(0, "check", model.toString()).contains("QDQ413"));
        Files.writeString(config, "strongly-typed: true\nmodels:\n  - match: m.onnxtxt\n    strongly-typed: false\n");
        assertFalse(run(0, "check", model.toString()).contains("QDQ413"));
        Files.writeString(config, "tensorrt: 8.6\nstrongly-typed: true\n");
        assertTrue(run(2, "check", model.toString())
                .contains(".qdqlint.yml: strongly-typed: TensorRT 8 has no strong typing; it came with TensorRT 10.0"));
    }

    @Test
    void tensorRt8HasNone() {
        assertTrue(run(2, "check", "--tensorrt", "8.6", "--strongly-typed", model.toString())
                .contains("--strongly-typed: TensorRT 8 has no strong typing; it came with TensorRT 10.0"));
    }
}
