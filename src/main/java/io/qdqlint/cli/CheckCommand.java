package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Advisor;
import io.qdqlint.fix.Calibration;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Refusal;
import io.qdqlint.gate.Config;
import io.qdqlint.gate.Gate;
import io.qdqlint.gate.Judgement;
import io.qdqlint.gate.ModelFiles;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.ReportOptions.Detail;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import io.qdqlint.verify.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

final class CheckCommand extends Command {
    private final ModelArguments models = new ModelArguments();
    private final ReportFormats formats = new ReportFormats(Reports.CHECK);
    private final SelectionOptions selection = new SelectionOptions();
    private boolean fix;
    private boolean unsafe;
    private final ProofOptions proof = new ProofOptions();
    private boolean refused;
    private Path baseline;
    private boolean quiet;
    private boolean statistics;
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();

    @Override
    void declare(Syntax syntax) {
        syntax.describe("Lints models.");
        syntax.footer(
                "",
                "Exit status: 0 clean; 1 findings at or above --fail-on, a budget exceeded, or a fix that was not proven"
                        + " and not written; 2 bad usage or unreadable input.");
        models.declare(syntax);
        formats.declare(syntax);
        selection.declare(syntax);
        syntax.option("--fix")
                .says("First fix the models in place, with proof, as 'fix --in-place' does; then report what is left.")
                .toFlag(v -> fix = v);
        syntax.option("--unsafe")
                .says("With --fix: apply edits that change numerics too.")
                .toFlag(v -> unsafe = v);
        proof.declare(syntax, "With --fix: ");
        syntax.option("--baseline")
                .label("FILE")
                .says("Findings in this file are counted and do not fail the check; 'qdqlint baseline' writes it.")
                .to(Path.class, v -> baseline = v);
        syntax.option("-q", "--quiet")
                .says("Text: two lines for each finding; no excerpts, totals or hints.")
                .toFlag(v -> quiet = v);
        syntax.option("--statistics")
                .says("Text: only the number of findings of each rule.")
                .toFlag(v -> statistics = v);
        tolerance.declare(syntax);
        lint.declare(syntax);
    }

    @Override
    public Integer call() throws Exception {
        formats.check();
        detail();
        proof.check();
        selection.check(lint::catalogue);
        if (unsafe && !fix) {
            throw new UsageException("--unsafe needs --fix");
        }
        ModelFiles files = models.find(lint, tolerance);
        check(files);
        Gate gate = new Gate(LocalDate.now(), baseline);
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        List<Run.Unreadable> unreadable = models.read(files, model -> {
            Linter linter = lint.linter(tolerance.get(), model.file());
            Config config = lint.config(model.file());
            Diagnosis diagnosis = Advisor.lint(linter, fix ? fixed(model, linter) : model);
            Gate.Outcome outcome = gate.judge(diagnosis, config, selection.of(config));
            diagnoses.add(outcome.shown());
            judgements.add(outcome.judgement());
        });
        Run run = new Run(
                diagnoses,
                unreadable,
                lint::catalogue,
                Version.NUMBER,
                ReportOptions.DEFAULT
                        .withDevice(LintOptions.deviceOf(diagnoses))
                        .withDetail(detail()),
                judgements,
                gate.remarks(!models.isPartial()));
        formats.write(run, streams);
        formats.reportUnreadable(unreadable, streams);
        run.remarks().forEach(streams::report);
        if (files.files().isEmpty() && unreadable.isEmpty()) {
            streams.report(models.isPartial() ? "no model has changed" : "there is no model");
        }
        if (!unreadable.isEmpty()) {
            return Main.FAILED;
        }
        return !refused && judgements.stream().allMatch(Judgement::passes) ? 0 : 1;
    }

    /** Checks which rules the configurations choose before any work is done. */
    private void check(ModelFiles files) {
        Set<Config> checked = new LinkedHashSet<>();
        for (Path file : files.files()) {
            Config config = lint.config(file);
            selection.of(config);
            checked.add(config);
        }
        checked.remove(Config.NONE);
        for (Config config : checked) {
            Gate.checkRules(config, lint.catalogue());
        }
    }

    private Detail detail() {
        if (quiet && statistics) {
            throw new UsageException("--quiet and --statistics exclude each other");
        }
        return quiet ? Detail.QUIET : statistics ? Detail.STATISTICS : Detail.FULL;
    }

    /** The model as its file has it after the fix. */
    private Model fixed(Model model, Linter linter) throws IOException {
        FixOptions options = new FixOptions(unsafe, tolerance.get(), Calibration.NONE, FixOptions.DEFAULT_ROUNDS);
        Proof.Settings usual = Proof.Settings.DEFAULT;
        Proof.Settings settings = proof.settings(usual.seed(), usual.runs(), usual.inputs());
        try (Repair repair = new Repair(
                model,
                new FixProgress(streams, Fixer.mostForecasts(model, options), System::nanoTime).of(linter::propose),
                lint.chosen(selection.rules()),
                options,
                settings)) {
            Fix done = repair.fix();
            if (!done.refusals().isEmpty()) {
                say(
                        model,
                        Amounts.count(done.refusals().size(), "edit") + " not applied: "
                                + done.refusals().stream()
                                        .map(Refusal::why)
                                        .distinct()
                                        .collect(Collectors.joining("; ")));
            }
            if (!done.changed()) {
                return model;
            }
            if (!repair.write(model.file())) {
                refused = true;
                say(model, "not fixed: " + repair.why());
                return model;
            }
            say(
                    model,
                    Amounts.count(done.steps().size(), "edit") + " applied, "
                            + (repair.verdict() == null ? "without a proof" : "proven in ONNX Runtime"));
            return OnnxReader.read(model.file());
        }
    }

    private void say(Model model, String what) {
        streams.report(model.file() + ": " + what);
    }
}
