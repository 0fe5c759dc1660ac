package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page that shows files and commands works as it stands: {@code `path`:} before a block of code writes that file, and a block that
 * begins with {@code $ qdqlint} runs the command, which prints what follows; {@code ...} stands for what is left out.
 */
class DocFilesTest {
    private static final Pattern BLOCK = Pattern.compile("(?:`([\\w./-]+)`:\n\n)?```\n(.*?)\n```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"docs/adding-a-statement.md", "docs/adding-a-rule.md"})
    void worksWordByWord(String page, @TempDir Path folder) throws IOException {
        int commands = 0;
        for (MatchResult block :
                BLOCK.matcher(Files.readString(Path.of(page))).results().toList()) {
            String text = block.group(2);
            if (block.group(1) != null) {
                Path file = folder.resolve(block.group(1));
                Files.createDirectories(file.getParent());
                Files.writeString(file, text + "\n");
            } else if (text.startsWith("$ qdqlint ")) {
                prints(text, folder);
                commands++;
            }
        }
        assertTrue(commands > 0, "no command in " + page);
    }

    private static void prints(String block, Path folder) {
        int end = (block + "\n").indexOf('\n');
        String command = block.substring("$ qdqlint ".length(), end);
        String[] arguments = command.split(" ");
        for (int i = 0; i < arguments.length; i++) {
            Path file = folder.resolve(arguments[i]);
            arguments[i] = Files.exists(file) ? file.toString() : arguments[i];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Main.run(arguments, bytes, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String output = oneLine(bytes.toString(StandardCharsets.UTF_8));
        int at = 0;
        for (String part : block.substring(Math.min(end + 1, block.length())).split("\\.\\.\\.")) {
            int found = output.indexOf(oneLine(part), at);
            assertTrue(found >= 0, () -> command + " does not print \"" + oneLine(part) + "\" but " + output);
            at = found + oneLine(part).length();
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
