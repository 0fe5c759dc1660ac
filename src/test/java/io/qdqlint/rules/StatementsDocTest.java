package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/statements.md lists what the rules know of TensorRT; {@code -Drules.update=true} writes it. */
class StatementsDocTest {
    private static final Path DOC = Path.of("docs/statements.md");

    private final Survey survey = new Survey();
    private final StringBuilder page = new StringBuilder();

    @Test
    void isCurrent() throws IOException {
        write();
        String expected = page.toString();
        if (Boolean.getBoolean("rules.update")) {
            Files.writeString(DOC, expected);
        }
        assertEquals(
                expected,
                Files.exists(DOC) ? Files.readString(DOC) : "",
                DOC + " is stale: mvn test -Dtest=StatementsDocTest -Drules.update=true");
    }

    private void write() {
        List<Drl.Statement> all =
                survey.files.values().stream().flatMap(f -> f.rules().stream()).toList();
        long ofOneSource =
                all.stream().filter(r -> Evidence.of(r).sources() == 1).count();
        page.append("""
                # Statements about TensorRT

                Generated from rules/tensorrt: %d statements, %d of them from one source. [adding-a-statement.md](adding-a-statement.md) says how
                to write one, [tensorrt-behaviour.md](tensorrt-behaviour.md) what they come to.

                Evidence: minimal graphs and models are fixtures with engines of TensorRT 10.6 (src/test/resources/engines), log and docs are
                passes that a log names and documents or sources; other is what no fixture shows. The rule has the names and the places.
                """.formatted(all.size(), ofOneSource));
        survey.files.forEach(this::file);
        concepts();
        operators();
    }

    private void file(String name, Drl drl) {
        if (drl.rules().isEmpty()) {
            return;
        }
        page.append("\n## ")
                .append(name)
                .append("\n\n")
                .append(Survey.about(drl))
                .append("\n\n");
        page.append("| statement | derives | versions | evidence |\n|---|---|---|---|\n");
        for (Drl.Statement rule : drl.rules()) {
            row(rule.name(), Survey.derived(rule), Evidence.tag(rule, "versions"), evidence(rule));
        }
    }

    private static String evidence(Drl.Statement rule) {
        Evidence evidence = Evidence.of(rule);
        if (evidence.sources() == 0) {
            return "definition";
        }
        List<String> kinds = new ArrayList<>();
        long graphs = evidence.graphs().stream().mapToLong(Evidence::matches).sum();
        if (graphs > 0) {
            kinds.add(graphs + (graphs == 1 ? " graph" : " graphs"));
        }
        if (!evidence.models().isEmpty()) {
            kinds.add(evidence.models().size() + (evidence.models().size() == 1 ? " model" : " models"));
        }
        for (Map.Entry<String, String> other : List.of(
                Map.entry("log", evidence.log()),
                Map.entry("docs", evidence.docs()),
                Map.entry("other", evidence.source()))) {
            if (!other.getValue().isEmpty()) {
                kinds.add(other.getKey());
            }
        }
        return String.join(", ", kinds) + (evidence.sources() == 1 ? "; **one source**" : "");
    }

    private void concepts() {
        page.append("""

                ## Concepts

                What the statements derive. Read by: files of rules/tensorrt with the number of their statements, and lint rules.

                | concept | file | meaning | derived by | read by |
                |---|---|---|---|---|
                """);
        Map<String, Map<String, Integer>> readers = survey.readers();
        for (Survey.Concept concept : survey.concepts.values()) {
            String derivedBy = survey.files.values().stream()
                    .flatMap(f -> f.rules().stream())
                    .filter(r -> Survey.derived(r).equals(concept.name()))
                    .map(Drl.Statement::name)
                    .collect(Collectors.joining("; "));
            String readBy = readers.getOrDefault(concept.name(), Map.of()).entrySet().stream()
                    .map(e -> e.getKey() + (e.getKey().startsWith("QDQ") ? "" : " (" + e.getValue() + ")"))
                    .collect(Collectors.joining(", "));
            row(concept.name(), concept.file(), concept.meaning(), derivedBy, readBy);
        }
    }

    private void operators() {
        page.append("""

                ## Operators

                Statements whose condition names the operator, by itself or with a word of vocabulary.drl. operators.drl has the lists of what
                the parser imports and refuses.

                | operator | statements |
                |---|---|
                """);
        survey.operators().forEach((operator, statements) -> row(operator, String.join("; ", statements)));
    }

    private void row(String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        page.append('\n');
    }
}
