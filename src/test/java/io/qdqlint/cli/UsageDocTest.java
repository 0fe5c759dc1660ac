package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/usage.md names every command and every option that its help names. */
class UsageDocTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+)  ");
    private static final Pattern OPTION = Pattern.compile("(?m)^ {2,6}(?:-\\w, +)?--(?:\\[no-])?([a-z-]+)");

    private static String help(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(0, Main.run(args, out, new PrintStream(out, true, StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> all(Pattern pattern, String text) {
        return new TreeSet<>(
                        pattern.matcher(text).results().map(m -> m.group(1)).toList())
                .stream().toList();
    }

    static Stream<String> commands() {
        return all(COMMAND, help("--help")).stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void namesTheCommandAndItsOptions(String command) throws IOException {
        String page = Files.readString(Path.of("docs/usage.md"));
        assertTrue(page.contains("| `" + command + "` |"), "docs/usage.md does not name the command " + command);
        List<String> options = all(OPTION, help(command, "--help"));
        assertTrue(options.contains("help"), options::toString);
        for (String option : options) {
            Matcher named = Pattern.compile("--(?:\\[no-])?" + option + "\\b").matcher(page);
            assertTrue(named.find(), "docs/usage.md does not name --" + option + " of " + command);
        }
    }
}
