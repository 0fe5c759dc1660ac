package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that takes nothing, as on a full disk. */
class FullOutputTest {
    private static final String MODEL = "src/test/resources/attack/conv-rank1.onnxtxt";
    private static final String ENGINE = "src/test/resources/engines/unet.monkey.int8";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String command, String reason) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
        String[] args =
                command.replace("MODEL", MODEL).replace("ENGINE", ENGINE).split(" ");
        return Main.run(args, full, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check MODEL",
                "check -f json MODEL",
                "check -f sarif MODEL",
                "check -f html MODEL",
                "check -f github MODEL",
                "check -f junit MODEL",
                "check -f markdown MODEL",
                "forecast MODEL",
                "forecast -f json MODEL",
                "forecast -f html MODEL",
                "forecast --explain * MODEL",
                "facts MODEL",
                "facts --count MODEL",
                "constraints MODEL",
                "constraints -f modelopt MODEL",
                "fix --dry-run MODEL",
                "fix --dry-run -f json MODEL",
                "rules",
                "rules QDQ101",
                "engine ENGINE",
                "engine -f json ENGINE",
                "engine -f svg ENGINE",
                "engine -f html ENGINE",
                "compare ENGINE ENGINE",
                "compare -f json ENGINE ENGINE",
                "bench --recorded a=ENGINE",
                "--help",
                "--version"
            })
    void isTold(String command) {
        assertEquals(2, run(command, "No space left on device"), err::toString);
        assertEquals(
                "qdqlint: standard output cannot be written: No space left on device" + System.lineSeparator(),
                err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "facts MODEL"})
    void aReaderThatHasGoneIsToldNothing(String command) {
        assertEquals(2, run(command, "Broken pipe"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
    @ValueSource(strings = {"check -f json=/dev/full MODEL", "forecast -f html=/dev/full MODEL"})
    void soIsAFullDiskThatAFileIsOn(String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                2,
                Main.run(
                        command.replace("MODEL", MODEL).split(" "),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
        assertEquals(
                "qdqlint: cannot write /dev/full: No space left on device" + System.lineSeparator(),
                err.toString(StandardCharsets.UTF_8));
    }
}
