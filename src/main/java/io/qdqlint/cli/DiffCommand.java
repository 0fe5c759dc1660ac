package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Advisor;
import io.qdqlint.gate.Change;
import io.qdqlint.gate.Changes;
import io.qdqlint.gate.ModelFiles;
import io.qdqlint.report.change.ChangeJson;
import io.qdqlint.report.change.ChangeMarkdown;
import io.qdqlint.report.change.ChangeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class DiffCommand extends Command {
    private static final List<String> FORMATS = List.of("text", "json", "markdown");

    private final FormatOption formats = new FormatOption(FORMATS);
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();
    private List<String> names = new ArrayList<>();
    private List<String> exclude = new ArrayList<>();
    private String since;

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Compares two states of a model: new and resolved findings, extra kernels and their time, and layers"
                        + " whose precision changes.");
        syntax.footer(
                "",
                "Exit status: 0 no model got worse; 1 one has new findings, or no longer builds; 2 bad usage or"
                        + " unreadable input.");
        syntax.parameter("0..*", "1..*")
                .label("MODEL")
                .says("The model before and the model after; with --since models, folders or patterns.")
                .toList(String.class, v -> names = v);
        syntax.option("--since")
                .label("REV")
                .says("Compare each model that git says has changed with its state at this revision, or at the common"
                        + " ancestor with it.")
                .to(String.class, v -> since = v);
        syntax.option("--exclude")
                .label("PATTERN")
                .split(",")
                .says("With --since: leave out these files and folders; may be repeated.")
                .toList(String.class, v -> exclude = v);
        formats.declare(syntax);
        tolerance.declare(syntax);
        lint.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        formats.check();
        List<Change> changes = since == null ? List.of(ofTwo()) : sinceRevision();
        formats.write((name, out) -> out.write(text(name, changes).getBytes(StandardCharsets.UTF_8)), streams.out());
        return changes.stream().anyMatch(Change::isWorse) ? 1 : 0;
    }

    private Change ofTwo() throws IOException, InterruptedException {
        if (names.size() != 2) {
            throw new UsageException("diff takes two models, the one before and the one after, not " + names.size()
                    + "; --since REV compares models with their state in git");
        }
        Path after = Path.of(names.get(1));
        return Change.of(lint(Path.of(names.get(0)), after), lint(after, after));
    }

    private List<Change> sinceRevision() throws IOException, InterruptedException {
        ModelFiles found = ModelFiles.find(names, exclude, true)
                .without(f -> lint.config(f).excludes(f))
                .changedSince(since);
        Map<Path, Changes> repositories = new HashMap<>();
        List<Change> out = new ArrayList<>();
        Path folder = Files.createTempDirectory("qdqlint");
        try {
            for (Path file : found.files()) {
                Path old = folder.resolve(file.getFileName());
                if (!Changes.of(file, since, repositories).writeOld(file, old)) {
                    streams.report(file + ": is new; there is no earlier state to compare it with");
                    continue;
                }
                out.add(Change.of(lint(old, file), lint(file, file)));
                Files.delete(old);
            }
        } finally {
            delete(folder);
        }
        if (out.isEmpty()) {
            streams.report("no model has changed since " + since);
        }
        return out;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Lints a state of a model with the configuration of the state after. */
    private Diagnosis lint(Path file, Path after) throws IOException, InterruptedException {
        return Advisor.lint(lint.linter(tolerance.get(), after), ModelFile.read(file));
    }

    private String text(String format, List<Change> changes) throws IOException {
        StringBuilder out = new StringBuilder();
        switch (format) {
            case "json" -> out.append(ChangeJson.of(changes));
            case "markdown" -> changes.forEach(c -> out.append(ChangeMarkdown.of(c)));
            default -> changes.forEach(c -> out.append(ChangeText.of(c)));
        }
        return out.toString();
    }
}
