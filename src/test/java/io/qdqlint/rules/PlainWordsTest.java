package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages, help, comments, rule pages and docs keep to the words of docs/style.md: none of {@code words/plain.tsv} is in them. */
class PlainWordsTest {
    private static final Path STYLE = Path.of("docs/style.md");
    private static final String SENTENCE = "\"((?:[^\"\\\\\\n]|\\\\.)* (?:[^\"\\\\\\n]|\\\\.)*)\"";
    private static final Pattern JAVA = Pattern.compile(SENTENCE + "|(?s:/\\*\\*.*?\\*/)|(?m:^\\s*//.*$)");
    private static final Pattern DRL = Pattern.compile(SENTENCE + "|(?m:^\\s*//.*$)");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Pattern PROSE = Pattern.compile("(?m)^.*$");
    private static final Map<String, Pattern> WHAT_A_READER_SEES =
            Map.of(".md", PROSE, ".onnxtxt", COMMENT, ".drl", DRL, ".java", JAVA);

    @Test
    void textsUsePlainWords() throws IOException {
        Map<Pattern, String> better = better();
        List<String> found = new ArrayList<>();
        for (String root : List.of("README.md", "CHANGELOG.md", "docs", "rules", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(f -> !f.equals(STYLE)).sorted().toList()) {
                    find(file, better, found);
                }
            }
        }
        assertEquals("", String.join("\n", found));
    }

    @Test
    void aWordOfTheListIsFoundWhereAReaderSeesIt() {
        assertTrue(matches(".drl", "  .says(\"the Q %s it\")".formatted("behind")));
        assertTrue(matches(".drl", "// what is " + "behind it"));
        assertTrue(matches(".java", "    /**\n     * Was " + "told.\n     */"));
        assertTrue(matches(".onnxtxt", "    # QDQ101 warning: the scale that was " + "wanted"));
    }

    private static boolean matches(String extension, String text) {
        return better().keySet().stream()
                .anyMatch(word -> WHAT_A_READER_SEES
                        .get(extension)
                        .matcher(text)
                        .results()
                        .anyMatch(m -> word.matcher(m.group()).find()));
    }

    private static void find(Path file, Map<Pattern, String> better, List<String> found) {
        String name = file.getFileName().toString();
        Pattern seen = WHAT_A_READER_SEES.get(name.substring(Math.max(0, name.lastIndexOf('.'))));
        if (seen == null || !Files.isRegularFile(file)) {
            return;
        }
        for (String text : seen.matcher(RuleFolder.read(file))
                .results()
                .map(MatchResult::group)
                .toList()) {
            better.forEach((word, instead) -> {
                Matcher match = word.matcher(text);
                if (match.find()) {
                    found.add(file + ": \"" + match.group() + "\", better: " + instead + ": " + text.strip());
                }
            });
        }
    }

    private static Map<Pattern, String> better() {
        return RuleFolder.read(Path.of("src/test/resources/words/plain.tsv"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(
                        w -> Pattern.compile("\\b(" + w[0] + ")\\b", Pattern.CASE_INSENSITIVE),
                        w -> w[1],
                        (a, b) -> a,
                        LinkedHashMap::new));
    }
}
