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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatOptionTest {
    private static final String ENGINE = "src/test/resources/engines/yolov7.monkey.int8.layer.json";
    private static final String MODEL = "src/test/resources/corpus/dup_qdq_bfloat16.onnx";

    @TempDir
    private Path folder;

    private String err = "";

    /** Each command with several formats, and what it reads. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("check", MODEL),
            List.of("forecast", MODEL),
            List.of("engine", ENGINE),
            List.of("compare", ENGINE, ENGINE),
            List.of("validate", "examples/yolov7.monkey.onnx", "--engine", ENGINE));

    private int run(List<String> command, String... formats) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = Main.run(
                Stream.concat(command.stream(), Stream.of(formats)).toArray(String[]::new),
                new ByteArrayOutputStream(),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        err = said.toString(StandardCharsets.UTF_8);
        return status;
    }

    @Test
    void aLinkStaysOneAndPermissionsStay() throws IOException {
        for (List<String> command : COMMANDS) {
            Path file = Files.writeString(folder.resolve(command.get(0)), "old");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
            Path link = Files.createSymbolicLink(folder.resolve(command.get(0) + ".html"), file);
            assertTrue(run(command, "-f", "html=" + link) < 2, err);
            assertTrue(Files.isSymbolicLink(link));
            assertTrue(Files.readString(file).regionMatches(true, 0, "<!DOCTYPE html>", 0, 15), command::toString);
            assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void aNameAsLongAsNamesCanBeIsWritten() throws IOException {
        for (List<String> command : COMMANDS) {
            Path file = folder.resolve(
                    command.get(0) + "x".repeat(255 - command.get(0).length()));
            assertTrue(run(command, "-f", "text=" + file) < 2, err);
            assertTrue(Files.size(file) > 0);
        }
    }

    @Test
    void whatCannotBeWrittenIsTold() {
        for (List<String> command : COMMANDS) {
            assertEquals(2, run(command, "-f", "text="));
            assertTrue(err.contains("'-f text=' names no file after '='"), err);
            assertEquals(2, run(command, "-f", "text=" + folder.resolve("none/x.txt")));
            assertTrue(err.contains("there is no folder " + folder.resolve("none")), err);
            assertEquals(2, run(command, "-f", "text=" + folder));
            assertTrue(err.contains("it is a folder"), err);
            assertEquals(2, run(command, "-f", "text", "-f", "html"));
            assertTrue(err.contains("only one format can go to standard output"), err);
            assertEquals(2, run(command, "-f", "pdf\u001b"));
            assertTrue(err.contains("there is no format 'pdf\\u001b'; there are text, "), err);
            assertFalse(err.contains("internal error"), err);
        }
    }
}
