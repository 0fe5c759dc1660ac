package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule's folder is complete and says the same everywhere. */
class RuleFolderTest {
    private static final List<String> HEADINGS =
            List.of("What it finds", "Why TensorRT cares", "Bad", "Good", "Fix", "Evidence", "When to ignore");

    @TestFactory
    Stream<DynamicTest> holdsItsFilesAndNoOther() {
        return each(folder -> {
            Set<Path> expected = new TreeSet<>(Set.of(folder.drl(), folder.page(), folder.bad(), folder.good()));
            expected.addAll(folder.allBad());
            assertEquals(expected, new TreeSet<>(folder.files()));
        });
    }

    @TestFactory
    Stream<DynamicTest> isNamedForTheDefect() {
        return each(folder -> {
            assertTrue(folder.id().matches("QDQ[1-9]\\d\\d"), folder.id());
            assertTrue(folder.slug().matches("[a-z0-9]+(-[a-z0-9]+)*"), folder.slug());
            for (Drl.Statement rule : Drl.read(folder.drl()).rules()) {
                String start = folder.id() + " " + folder.slug();
                assertTrue(rule.name().equals(start) || rule.name().startsWith(start + ": "), rule.name());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> eachRuleHasValidMetadata() {
        return each(folder -> {
            for (Drl.Statement rule : Drl.read(folder.drl()).rules()) {
                assertTrue(has(rule, "severity", "error|warning|note"), rule.name() + ": @severity");
                assertTrue(has(rule, "fix", "none|safe|unsafe"), rule.name() + ": @fix");
                assertTrue(has(rule, "since", "\\d+\\.\\d+\\.\\d+"), rule.name() + ": @since");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> pageHasTheFixedHeadings() {
        return each(folder -> {
            String page = RuleFolder.read(folder.page());
            assertEquals("# " + folder, page.lines().findFirst().orElse(""));
            assertEquals(
                    HEADINGS,
                    page.lines()
                            .filter(l -> l.startsWith("## "))
                            .map(l -> l.substring(3))
                            .toList());
            RuleInfo rule = catalogue().rule(folder.id()).orElseThrow();
            for (String heading : HEADINGS) {
                assertTrue(!rule.section(heading).isBlank(), "nothing under " + heading);
            }
        });
    }

    @Test
    void idsAreUsedOnce() {
        Set<String> seen = new TreeSet<>();
        for (RuleFolder folder : RuleFolder.all()) {
            assertTrue(seen.add(folder.id()), folder.id() + " is used twice");
        }
    }

    @Test
    void catalogueHoldsExactlyTheFolders() {
        assertEquals(
                RuleFolder.all().stream().map(RuleFolder::toString).toList(),
                catalogue().rules().stream().map(r -> r.id() + " " + r.slug()).toList());
    }

    private static RuleCatalogue catalogue() {
        return RuleRunner.catalogue(List.of());
    }

    private static boolean has(Drl.Statement rule, String key, String values) {
        return Pattern.compile("@" + key + "\\(\"(" + values + ")\"\\)")
                .matcher(rule.head())
                .find();
    }

    private interface Check {
        void of(RuleFolder folder) throws IOException;
    }

    private static Stream<DynamicTest> each(Check check) {
        return RuleFolder.all().stream().map(folder -> dynamicTest(folder.toString(), () -> check.of(folder)));
    }
}
