package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime reads the command line of the process; some versions of it end the process where that is long. */
class LongCommandLineTest {
    @Test
    void aProofRunsWhateverTheLengthOfTheCommandLine(@TempDir Path folder) throws Exception {
        Path model = folder.resolve("m.onnxtxt");
        Files.writeString(model, """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1,4] x) => (float[1,4] y)
                <float s = {0.1}, int8 z = {0}>
                {
                    q = QuantizeLinear (x, s, z)
                    d = DequantizeLinear (q, s, z)
                    y = Erf (d)
                }
                """);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                "io.qdqlint.cli.Main",
                "check",
                "--fix",
                "--unsafe"));
        command.addAll(Collections.nCopies(1 + 16_000 / model.toString().length(), model.toString()));
        Path told = folder.resolve("told");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        assertTrue(process.waitFor() <= 1, Files.readString(told));
        assertEquals(
                1,
                Files.readString(told).lines().filter(l -> l.contains("proven")).count(),
                Files.readString(told));
    }
}
