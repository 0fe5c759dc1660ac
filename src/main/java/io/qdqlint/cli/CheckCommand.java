package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.RuleEngine;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = "Lints models.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 clean; 1 findings at or above --fail-on; 2 bad usage or unreadable input."})
final class CheckCommand implements Callable<Integer>, Streams.User {
    @Mixin
    private ModelArguments models;

    @Mixin
    private FormatOption formats;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private ToleranceOption tolerance;

    @Mixin
    private EngineOptions engine;

    private Streams streams;

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() throws Exception {
        formats.check(Reports.CHECK);
        selection.check();
        Linter linter = engine.linter(tolerance.get());
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Run.Unreadable> unreadable = models.read(model -> diagnoses.add(selection.apply(linter.lint(model))));
        Run run = new Run(
                diagnoses,
                unreadable,
                () -> RuleEngine.catalogue(engine.rules()),
                Version.NUMBER,
                ReportOptions.DEFAULT.withDevice(engine.device().name()));
        formats.write(Reports.CHECK, run, streams);
        unreadable.forEach(u -> streams.err().println("qdqlint: " + u.file() + ": " + u.message()));
        if (!unreadable.isEmpty()) {
            return Main.FAILED;
        }
        return diagnoses.stream().anyMatch(selection::fails) ? 1 : 0;
    }
}
