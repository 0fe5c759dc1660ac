package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands in README and docs. One after {@code $} is run, and the lines after it are what it prints, but for line breaks; {@code ...}
 * stands for lines left out. Others are checked for commands and options that do not exist.
 */
class DocCommandsTest {
    private static final Pattern RUN = Pattern.compile("\\$ (?:\\./)?qdqlint (.*)");
    private static final Pattern NAMED =
            Pattern.compile("(?m)^ *(?:\\$ )?(?:\\./)?qdqlint ([^\n#]*)|`(?:\\./)?qdqlint ([^`\n]+)`");
    private static final Pattern OPTION = Pattern.compile("(?:^|\\s)(--[a-z][a-z-]*)");
    /** A file that a command writes; all others exist. */
    private static final Pattern WRITTEN = Pattern.compile("(?<![\\w/.])[\\w.-]+\\.(?:html|fixed\\.onnx)\\b");

    @TempDir
    Path folder;

    private static String run(int[] status, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        status[0] = Main.run(args, out, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/five-minutes.md"})
    void printWhatThePageSays(String page) throws IOException {
        int commands = 0;
        String command = "";
        StringBuilder expected = new StringBuilder();
        for (String line : Files.readAllLines(Path.of(page))) {
            Matcher next = RUN.matcher(line);
            boolean end = line.startsWith("```");
            if (!command.isEmpty() && (end || next.matches())) {
                prints(page, there(command), there(expected.toString()));
                command = "";
                commands++;
            }
            if (next.matches()) {
                command = next.group(1);
                expected.setLength(0);
            } else if (!command.isEmpty()) {
                expected.append(line).append('\n');
            }
        }
        assertTrue(commands > 0, "no command in " + page);
    }

    private static void prints(String page, String command, String expected) {
        int[] status = new int[1];
        String output = oneLine(run(status, command.split(" ")));
        assertNotEquals(2, status[0], () -> page + ": " + command + ": " + output);
        int at = 0;
        for (String part : expected.split("\\.\\.\\.")) {
            String text = oneLine(part);
            int found = output.indexOf(text, at);
            assertTrue(found >= 0, () -> page + ": " + command + " does not print: " + text);
            at = found + text.length();
        }
    }

    private String there(String text) {
        return WRITTEN.matcher(text)
                .replaceAll(
                        m -> Matcher.quoteReplacement(folder.resolve(m.group()).toString()));
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> pages = docs.filter(p -> p.toString().endsWith(".md")).collect(Collectors.toList());
            pages.add(Path.of("README.md"));
            return pages.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nameOnlyOptionsThatExist(Path page) throws IOException {
        String top = run(new int[1], "--help");
        Matcher named = NAMED.matcher(Files.readString(page));
        while (named.find()) {
            String line = named.group(1) == null ? named.group(2) : named.group(1);
            String own = line.split(" -- ")[0];
            String first = own.split(" ")[0];
            boolean command = first.matches("[a-z]+")
                    && Pattern.compile("(?m)^  " + first + " ").matcher(top).find();
            String help = command
                    ? run(new int[1], first, "--help")
                    : first.startsWith("-") ? top : run(new int[1], "check", "--help");
            OPTION.matcher(own)
                    .results()
                    .map(m -> m.group(1))
                    .filter(o -> !o.equals("--help"))
                    .forEach(o -> assertTrue(
                            Pattern.compile("(?:\\[no-])?" + o.substring(2) + "\\b")
                                    .matcher(help)
                                    .find(),
                            () -> page + ": 'qdqlint " + line + "': there is no option " + o));
        }
    }

    @Test
    void aPictureOfADocIsThere() throws IOException {
        Matcher picture = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)").matcher("");
        int n = 0;
        for (Path page : pages().toList()) {
            picture.reset(Files.readString(page));
            while (picture.find()) {
                Path file = page.resolveSibling(picture.group(1));
                assertTrue(Files.size(file) < 150_000, () -> page + ": " + file);
                n++;
            }
        }
        assertTrue(n > 0);
    }
}
