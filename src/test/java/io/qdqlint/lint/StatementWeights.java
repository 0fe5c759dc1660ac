package io.qdqlint.lint;

import io.qdqlint.fact.Target;
import io.qdqlint.forecast.EngineArchive;
import io.qdqlint.forecast.EngineArchive.Built;
import io.qdqlint.forecast.EngineScore;
import io.qdqlint.forecast.Explanation.Statement;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rules.run.Result;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.drools.model.Rule;

/**
 * Leaves out one statement about TensorRT after the other, and counts the errors that the forecast then makes more against the
 * engines of the tests. With arguments, regular expressions, it leaves out all statements whose names match one, for each. Prints
 * Markdown, what matters most first. {@code scripts/statement-weights.sh} runs it.
 */
final class StatementWeights {
    private static final Target TARGET = new Target(10, 6);

    private record Case(Built built, Model model, boolean minimal) {}

    private record Weight(String statement, int errors, Set<String> architectures, int variants, int graphs) {}

    private final RuleRunner whole = Linters.RULES;
    private final List<Case> cases = new ArrayList<>();

    private StatementWeights(Path folder) throws IOException {
        for (String archive : List.of("trt10.6-h100/lab.zip", "trt10.6-h200/variants.zip", "trt10.6-h200/graphs.zip")) {
            for (Built built : EngineArchive.read(archive, folder).models()) {
                cases.add(new Case(built, OnnxReader.read(built.model()), archive.endsWith("graphs.zip")));
            }
        }
    }

    public static void main(String[] args) throws IOException {
        new StatementWeights(Files.createTempDirectory("engines")).print(List.of(args));
    }

    private void print(List<String> patterns) throws IOException {
        Map<Case, Integer> base = new LinkedHashMap<>();
        Map<String, List<Case>> users = new TreeMap<>();
        Linter linter = linter(whole);
        for (Case c : cases) {
            base.put(c, errors(linter, c));
            Result result = whole.run(linter.facts(c.model()), TARGET, Set.of(), true);
            Set<String> fired = new TreeSet<>();
            for (Object fact : result.all()) {
                result.because(fact).stream().map(Statement::name).forEach(fired::add);
            }
            fired.forEach(s -> users.computeIfAbsent(s, k -> new ArrayList<>()).add(c));
        }
        List<Weight> weights = new ArrayList<>();
        for (Map.Entry<String, Set<String>> group : groups(patterns).entrySet()) {
            Set<Case> fired = new LinkedHashSet<>();
            group.getValue().forEach(s -> fired.addAll(users.getOrDefault(s, List.of())));
            Linter without = linter(whole.without(group.getValue()));
            int errors = 0;
            int variants = 0;
            int graphs = 0;
            Set<String> architectures = new TreeSet<>();
            for (Case c : fired) {
                int more = errors(without, c) - base.get(c);
                errors += more;
                if (more != 0 && c.minimal()) {
                    graphs++;
                } else if (more != 0) {
                    variants++;
                    architectures.add(c.built().name().split("\\.")[0]);
                }
            }
            weights.add(new Weight(group.getKey(), errors, architectures, variants, graphs));
            System.err.println(group.getKey() + " (" + group.getValue().size() + "): " + errors);
        }
        System.out.printf(
                Locale.ROOT,
                "%d engines, %d errors with all %d statements.%n%n",
                cases.size(),
                base.values().stream().mapToInt(Integer::intValue).sum(),
                whole.statements().size());
        System.out.println("| without | errors more | models | architectures | minimal graphs |");
        System.out.println("|---|---:|---:|---:|---:|");
        weights.stream()
                .sorted(Comparator.comparingInt((Weight w) -> -w.errors()).thenComparing(Weight::statement))
                .forEach(w -> System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %d | %d | %d |%n",
                        w.statement(),
                        w.errors(),
                        w.variants(),
                        w.architectures().size(),
                        w.graphs()));
    }

    /** The statements that are left out together, by how that is called. */
    private Map<String, Set<String>> groups(List<String> patterns) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (Rule rule : whole.statements()) {
            String name = rule.getName();
            if (patterns.isEmpty()) {
                groups.put(name, Set.of(name));
            }
            for (String pattern : patterns) {
                if (Pattern.compile(pattern).matcher(name).find()) {
                    groups.computeIfAbsent(pattern, p -> new TreeSet<>()).add(name);
                }
            }
        }
        return groups;
    }

    private static Linter linter(RuleRunner rules) throws IOException {
        return new Linter(rules, TARGET, Linters.H200);
    }

    private static int errors(Linter linter, Case c) {
        return new EngineScore().add(linter.lint(c.model()), c.built()).size();
    }
}
