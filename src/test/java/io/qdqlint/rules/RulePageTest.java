package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a rule's page shows under Bad and Good stands in its fixtures, line by line. */
class RulePageTest {
    @TestFactory
    Stream<DynamicTest> excerptsAreOfTheFixtures() {
        return RuleFolder.all().stream()
                .map(folder -> dynamicTest(folder.toString(), () -> {
                    String page = RuleFolder.read(folder.page());
                    assertExcerpt(page, "Bad", folder.bad());
                    assertExcerpt(page, "Good", folder.good());
                }));
    }

    private static void assertExcerpt(String page, String heading, Path fixture) {
        String section = page.substring(page.indexOf("\n## " + heading + "\n"));
        int from = section.indexOf("```\n") + 4;
        List<String> excerpt = section.substring(from, section.indexOf("\n```", from))
                .lines()
                .map(RulePageTest::plain)
                .filter(line -> !line.isEmpty())
                .toList();
        Set<String> lines =
                RuleFolder.read(fixture).lines().map(RulePageTest::plain).collect(Collectors.toSet());
        assertFalse(excerpt.isEmpty(), "no excerpt under " + heading);
        for (String line : excerpt) {
            assertTrue(lines.contains(line), heading + " shows \"" + line + "\", which is not in " + fixture);
        }
    }

    /** Without the space and the comma that only a list of declarations needs. */
    private static String plain(String line) {
        String plain = line.strip().replaceAll("\\s+", " ");
        return plain.endsWith(",") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
