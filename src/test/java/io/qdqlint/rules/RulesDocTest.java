package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.finding.Category;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/rules.md lists the rules; {@code -Drules.update=true} writes it. */
class RulesDocTest {
    private static final Path DOC = Path.of("docs/rules.md");

    @Test
    void isCurrent() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("rules.update")) {
            Files.createDirectories(DOC.getParent());
            Files.writeString(DOC, expected);
        }
        assertEquals(
                expected,
                Files.exists(DOC) ? Files.readString(DOC) : "",
                DOC + " is stale: mvn test -Dtest=RulesDocTest -Drules.update=true");
    }

    private static String page() {
        Map<String, List<RuleInfo>> categories = RuleRunner.catalogue(List.of()).rules().stream()
                .sorted(Comparator.comparing(RuleInfo::id))
                .collect(Collectors.groupingBy(RuleInfo::category, LinkedHashMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder(
                "# Rules\n\nGenerated from the folders in rules/; `qdqlint rules ID` prints a page. `--select` takes categories, too. What is"
                        + " not looked for, and why: [not-looked-for.md](not-looked-for.md).\n");
        categories.forEach((category, rules) -> {
            page.append("\n## ").append(category).append("\n\n");
            Category known = Category.of(rules.get(0).id());
            page.append(rules.get(0).id(), 0, 4)
                    .append("xx: ")
                    .append(known.meaning())
                    .append(".\n\n");
            page.append("| rule | severity | fix | since | finds |\n|---|---|---|---|---|\n");
            for (RuleInfo rule : rules) {
                page.append("| [%s %s](../rules/%s/%s-%s/%s.md) | %s | %s | %s | %s |\n"
                        .formatted(
                                rule.id(),
                                rule.slug(),
                                category,
                                rule.id(),
                                rule.slug(),
                                rule.id(),
                                rule.severity().word(),
                                rule.fix(),
                                rule.since(),
                                firstSentence(rule)));
            }
        });
        return page.toString();
    }

    private static String firstSentence(RuleInfo rule) {
        String text = rule.section("What it finds").replaceAll("\\s+", " ");
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end + 1)).replace("|", "\\|");
    }
}
