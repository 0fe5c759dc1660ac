package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.report.Run;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

final class FactsCommand implements Command {
    private final ModelArguments models = new ModelArguments();
    private final ToleranceOption tolerance = new ToleranceOption();
    private final EngineOptions engine = new EngineOptions();
    private List<String> types = List.of();
    private boolean count;
    private Streams streams;

    @Override
    public void declare(Syntax syntax) {
        syntax.describe(
                "Prints what the rules see of a model: the facts read from the file and those the concepts derived.");
        models.declare(syntax);
        tolerance.declare(syntax);
        engine.declare(syntax);
        syntax.option("--type")
                .label("TYPE")
                .split(",")
                .says("Only facts of these types, such as Quantize or StandAlone.")
                .toList(String.class, v -> types = v);
        syntax.option("--count")
                .says("Only how many facts there are of each type.")
                .toFlag(v -> count = v);
    }

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() {
        Linter linter = engine.linter(tolerance.get());
        PrintStream out = new PrintStream(streams.out(), false, StandardCharsets.UTF_8);
        List<Run.Unreadable> unreadable = models.read(model -> {
            List<Object> facts = linter.derive(model).all().stream()
                    .filter(f -> types.isEmpty() || types.contains(f.getClass().getSimpleName()))
                    .toList();
            if (count) {
                facts.stream()
                        .collect(Collectors.groupingBy(
                                f -> f.getClass().getSimpleName(), java.util.TreeMap::new, Collectors.counting()))
                        .forEach((type, n) -> out.printf("%8d %s%n", n, type));
            } else {
                facts.forEach(f -> out.println(FactText.of(f)));
            }
        });
        out.flush();
        unreadable.forEach(u -> streams.err().println("qdqlint: " + u.file() + ": " + u.message()));
        return unreadable.isEmpty() ? 0 : Main.FAILED;
    }
}
