package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dla}, and the same in the configuration. */
class DlaOptionTest {
    private static final Path QUANTIZED = Path.of("rules/precision/QDQ414-qdq-for-dla/bad.onnxtxt");

    private static String run(int status, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(status, Main.run(args, out, new PrintStream(out, true, StandardCharsets.UTF_8)), out::toString);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneFindingForAModelWithQdq(@TempDir Path folder) throws IOException {
        Path model = Files.copy(QUANTIZED, folder.resolve("m.onnxtxt"));
        run(0, "check", model.toString());
        assertTrue(run(1, "check", "--dla", model.toString()).contains("error[QDQ414]"));
        Files.writeString(folder.resolve(".qdqlint.yml"), "dla: true\n");
        assertTrue(run(1, "check", model.toString()).contains("error[QDQ414]"));
    }
}
