package io.qdqlint.cli;

import io.qdqlint.gate.ModelFiles;
import io.qdqlint.lint.Linter;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

final class FactsCommand extends Command {
    private final ModelArguments models = new ModelArguments();
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();
    private List<String> types = List.of();
    private boolean count;

    @Override
    void declare(Syntax syntax) {
        syntax.describe("Prints the facts that rules see: those read from the file and those that statements derive.");
        syntax.footer("", "Exit status: 0 done; 2 bad usage or unreadable input.");
        models.declare(syntax);
        tolerance.declare(syntax);
        lint.declare(syntax);
        syntax.option("--type")
                .label("TYPE")
                .split(",")
                .says("Only facts of these types, such as Quantize or StandAlone.")
                .toList(String.class, v -> types = v);
        syntax.option("--count").says("Only the number of facts of each type.").toFlag(v -> count = v);
    }

    @Override
    public Integer call() throws IOException {
        ModelFiles files = models.find(lint, tolerance);
        PrintStream out = new PrintStream(streams.out(), false, StandardCharsets.UTF_8);
        Set<String> requested = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        requested.addAll(types);
        Set<String> missing = new TreeSet<>(requested);
        List<Run.Unreadable> unreadable = models.read(files, model -> {
            Linter linter = lint.linter(tolerance.get(), model.file());
            List<Object> facts = linter.derive(model).all().stream()
                    .filter(f ->
                            types.isEmpty() || requested.contains(f.getClass().getSimpleName()))
                    .toList();
            missing.removeIf(type ->
                    facts.stream().anyMatch(f -> f.getClass().getSimpleName().equalsIgnoreCase(type)));
            if (count) {
                facts.stream()
                        .collect(Collectors.groupingBy(
                                f -> f.getClass().getSimpleName(), TreeMap::new, Collectors.counting()))
                        .forEach((type, n) -> out.printf(Locale.ROOT, "%8d %s%n", n, type));
            } else {
                facts.forEach(f -> out.println(FactText.of(f)));
            }
        });
        out.flush();
        if (!missing.isEmpty()) {
            streams.report("there is no fact of type " + String.join(", ", missing)
                    + "; 'qdqlint facts --count' lists the types that exist");
        }
        unreadable.forEach(u -> streams.report(u.file() + ": " + u.message()));
        return unreadable.isEmpty() ? 0 : Main.FAILED;
    }
}
