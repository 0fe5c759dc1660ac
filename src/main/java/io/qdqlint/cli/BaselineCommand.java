package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.fix.Advisor;
import io.qdqlint.gate.Baseline;
import io.qdqlint.gate.Config;
import io.qdqlint.gate.Gate;
import io.qdqlint.gate.ModelFiles;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

final class BaselineCommand extends Command {
    private static final String USUAL = "qdqlint-baseline.json";

    private final ModelArguments models = new ModelArguments();
    private final RuleChoice rules = new RuleChoice();
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();
    private Path file;
    private boolean update;
    private boolean prune;

    @Override
    void declare(Syntax syntax) {
        syntax.describe("Writes the current findings to a file, so that 'check --baseline' fails on new ones only.");
        syntax.footer("", "Exit status: 0 done; 2 bad usage or unreadable input, and nothing is written.");
        models.declare(syntax);
        syntax.option("--baseline")
                .label("FILE")
                .says("The file. Default: the one in the configuration, else " + USUAL + ".")
                .to(Path.class, v -> file = v);
        syntax.option("--update")
                .says("Add new findings of the models to the file, and remove resolved ones.")
                .toFlag(v -> update = v);
        syntax.option("--prune")
                .says("Remove resolved findings and missing models from the file; add nothing.")
                .toFlag(v -> prune = v);
        rules.declare(syntax);
        tolerance.declare(syntax);
        lint.declare(syntax);
    }

    @Override
    public Integer call() throws Exception {
        if (update && prune) {
            throw new UsageException("--update removes resolved findings as well; leave out --prune");
        }
        rules.check(lint::catalogue);
        ModelFiles files = models.find(lint, tolerance);
        Path target = target(files);
        if (Files.exists(target) && !update && !prune) {
            throw new UsageException(target + " exists already; --update or --prune changes it");
        }
        Baseline baseline = update || prune ? Baseline.read(target) : Baseline.empty(target);
        Gate gate = new Gate(LocalDate.now(), null);
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Run.Unreadable> unreadable = models.read(files, model -> {
            Config config = lint.config(model.file());
            Predicate<Finding> selected =
                    f -> rules.takes(f.ruleId(), f.slug(), config.settings().select());
            Diagnosis found = Advisor.lint(lint.linter(tolerance.get(), model.file()), model);
            diagnoses.add(gate.counted(found, config, selected));
        });
        if (!unreadable.isEmpty()) {
            unreadable.forEach(u -> streams.report(u.file() + ": " + u.message()));
            return Main.FAILED;
        }
        change(baseline, diagnoses, target);
        return 0;
    }

    private void change(Baseline baseline, List<Diagnosis> diagnoses, Path target) throws IOException {
        int gone = 0;
        int added = 0;
        for (Diagnosis diagnosis : diagnoses) {
            gone += update || prune ? baseline.prune(diagnosis) : 0;
            added += prune ? 0 : baseline.add(diagnosis);
        }
        gone += prune ? baseline.pruneModels() : 0;
        baseline.write();
        streams.report(
                target + ": " + Amounts.count(baseline.size(), "finding") + ", " + added + " new, " + gone + " gone");
    }

    private Path target(ModelFiles files) {
        Path configured = files.files().stream()
                .map(f -> lint.config(f).baseline())
                .filter(b -> b != null)
                .findFirst()
                .orElse(Path.of(USUAL));
        return file != null ? file : configured;
    }
}
