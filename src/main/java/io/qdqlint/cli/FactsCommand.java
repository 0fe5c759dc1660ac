package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.report.Run;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "facts",
        description =
                "Prints what the rules see of a model: the facts read from the file and those the concepts derived.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FactsCommand implements Callable<Integer>, Streams.User {
    @Mixin
    private ModelArguments models;

    @Mixin
    private ToleranceOption tolerance;

    @Mixin
    private EngineOptions engine;

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "Only facts of these types, such as Quantize or StandAlone.")
    private List<String> types = List.of();

    @Option(names = "--count", description = "Only how many facts there are of each type.")
    private boolean count;

    private Streams streams;

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
