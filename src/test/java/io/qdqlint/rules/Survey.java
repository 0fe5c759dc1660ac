package io.qdqlint.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the DRL of the statements says of itself: which concepts and operators each statement names. */
final class Survey {
    private static final Path STATEMENTS = Path.of("rules/tensorrt");
    private static final Path CONCEPTS = Path.of("src/main/java/io/qdqlint/concept");
    private static final Pattern FUNCTION = Pattern.compile("(?ms)^function boolean (\\w+)\\(String op\\) \\{(.*?)^}");
    private static final Pattern RECORD =
            Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:record|public record|public final class) (\\w+)");
    private static final Pattern OPERATOR = Pattern.compile("\"([A-Z][A-Za-z0-9]+)\"");
    private static final Set<String> NO_OPERATORS = Set.of("Input", "Initializer");
    private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w+)\\(");
    private static final Pattern DERIVED = Pattern.compile("insertLogical\\( ?(?:new )?(\\w+)");

    /** A record of the concepts: the file that has it, and the first sentence of its meaning. */
    record Concept(String name, String file, String meaning) {}

    /** The DRL files in alphabetical order. */
    final Map<String, Drl> files = new TreeMap<>();

    final Map<String, Concept> concepts = new TreeMap<>();
    private final Map<String, String> functions = new TreeMap<>();

    Survey() {
        for (Path file : list(STATEMENTS, ".drl")) {
            String text = RuleFolder.read(file);
            files.put(file.getFileName().toString().replace(".drl", ""), Drl.read(file));
            if (!file.endsWith("operators.drl")) {
                FUNCTION.matcher(text).results().forEach(m -> functions.put(m.group(1), m.group(2)));
            }
        }
        for (Path file : list(CONCEPTS, ".java")) {
            String owner = file.getFileName().toString().replace(".java", "");
            Matcher m = RECORD.matcher(RuleFolder.read(file));
            while (m.find()) {
                concepts.put(m.group(2), new Concept(m.group(2), owner, firstSentence(m.group(1))));
            }
        }
    }

    private static List<Path> list(Path folder, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment at the top of a DRL file, up to its first full stop. */
    static String about(Drl file) {
        StringBuilder comment = new StringBuilder();
        for (String line : RuleFolder.read(file.file()).split("\n")) {
            if (!line.startsWith("//")) {
                break;
            }
            comment.append(line.substring(2)).append(' ');
        }
        return firstSentence(comment.toString());
    }

    private static String firstSentence(String comment) {
        String text = comment.replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\{@link (?:[\\w.]*\\.)?(\\w+)(?:#(\\w+)\\(\\))?}", "$1 $2")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("@param.*", "")
                .replaceAll("\\s+", " ")
                .strip();
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end + 1)).replace(" .", ".").replace(" )", ")");
    }

    /** The concept that a statement derives. */
    static String derived(Drl.Statement rule) {
        Matcher m = DERIVED.matcher(rule.consequence());
        return m.find() ? m.group(1) : "";
    }

    /** The concepts that a rule's condition names. */
    Set<String> read(Drl.Statement rule) {
        Set<String> names = new TreeSet<>();
        Pattern.compile("\\b([A-Z]\\w+)\\(")
                .matcher(rule.condition())
                .results()
                .map(m -> m.group(1))
                .filter(concepts::containsKey)
                .forEach(names::add);
        return names;
    }

    /** Each operator with the statements whose condition names it, by itself or in a function; the parser's long lists are left out. */
    Map<String, List<String>> operators() {
        Map<String, List<String>> out = new TreeMap<>();
        for (Drl file : files.values()) {
            for (Drl.Statement rule : file.rules()) {
                for (String operator : operators(rule.condition(), new HashSet<>())) {
                    out.computeIfAbsent(operator, o -> new ArrayList<>()).add(rule.name());
                }
            }
        }
        return out;
    }

    private Set<String> operators(String text, Set<String> seen) {
        Set<String> names = new TreeSet<>();
        OPERATOR.matcher(text)
                .results()
                .map(m -> m.group(1))
                .filter(n -> !NO_OPERATORS.contains(n))
                .forEach(names::add);
        CALL.matcher(text)
                .results()
                .map(m -> m.group(1))
                .filter(name -> functions.containsKey(name) && seen.add(name))
                .forEach(name -> names.addAll(operators(functions.get(name), seen)));
        return names;
    }

    /** For each concept: the files whose statements read it, with their number, and the lint rules that do. */
    Map<String, Map<String, Integer>> readers() {
        Map<String, Map<String, Integer>> out = new TreeMap<>();
        files.forEach((name, drl) -> drl.rules().forEach(rule -> count(out, rule, name)));
        for (RuleFolder folder : RuleFolder.all()) {
            Drl.read(folder.drl()).rules().forEach(rule -> count(out, rule, folder.id()));
        }
        return out;
    }

    private void count(Map<String, Map<String, Integer>> out, Drl.Statement rule, String reader) {
        for (String concept : read(rule)) {
            out.computeIfAbsent(concept, c -> new LinkedHashMap<>()).merge(reader, 1, Integer::sum);
        }
    }
}
