package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.RuleEngine;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Calibration;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Refusal;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import io.qdqlint.verify.Proof;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

final class CheckCommand implements Command {
    private final ModelArguments models = new ModelArguments();
    private final ReportFormats formats = new ReportFormats(Reports.CHECK);
    private final SelectionOptions selection = new SelectionOptions();
    private boolean fix;
    private boolean unsafe;
    private final ProofOptions proof = new ProofOptions();
    private boolean refused;
    private final ToleranceOption tolerance = new ToleranceOption();
    private final EngineOptions engine = new EngineOptions();
    private Streams streams;

    @Override
    public void declare(Syntax syntax) {
        syntax.describe("Lints models.");
        syntax.footer(
                "",
                "Exit status: 0 clean; 1 findings at or above --fail-on, or a fix that was not proven and not written; 2 bad usage or unreadable input.");
        models.declare(syntax);
        formats.declare(syntax);
        selection.declare(syntax);
        syntax.option("--fix")
                .says("First mend the models in place as 'fix --in-place' does; what is left is reported.")
                .toFlag(v -> fix = v);
        syntax.option("--unsafe")
                .says("With --fix: apply rewrites that change numerics too.")
                .toFlag(v -> unsafe = v);
        proof.declare(syntax, "With --fix: ");
        tolerance.declare(syntax);
        engine.declare(syntax);
    }

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() throws Exception {
        formats.check();
        proof.check();
        selection.check(() -> RuleEngine.catalogue(engine.rules()));
        if (unsafe && !fix) {
            throw new UsageException("--unsafe says how --fix mends, and there is no --fix");
        }
        Linter linter = engine.linter(tolerance.get());
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Run.Unreadable> unreadable =
                models.read(model -> diagnoses.add(selection.apply(linter.lint(fix ? mended(model, linter) : model))));
        Run run = new Run(
                diagnoses,
                unreadable,
                () -> RuleEngine.catalogue(engine.rules()),
                Version.NUMBER,
                ReportOptions.DEFAULT.withDevice(engine.device().name()));
        formats.write(run, streams);
        formats.tell(unreadable, streams);
        if (!unreadable.isEmpty()) {
            return Main.FAILED;
        }
        return refused || diagnoses.stream().anyMatch(selection::fails) ? 1 : 0;
    }

    /** The model as it lies in its file after the fix. */
    private Model mended(Model model, Linter linter) throws IOException {
        FixOptions options = new FixOptions(unsafe, tolerance.get(), Calibration.NONE, FixOptions.DEFAULT_ROUNDS);
        Proof.Settings usual = Proof.Settings.DEFAULT;
        Proof.Settings settings = proof.settings(usual.seed(), usual.runs(), usual.inputs());
        try (Repair repair = new Repair(model, linter, engine.chosen(selection.rules()), options, settings)) {
            Fix done = repair.fix();
            if (!done.refusals().isEmpty()) {
                say(
                        model,
                        Amounts.count(done.refusals().size(), "rewrite") + " not applied: "
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
                say(model, "not mended: " + repair.why());
                return model;
            }
            say(
                    model,
                    Amounts.count(done.steps().size(), "rewrite") + " applied, "
                            + (repair.verdict() == null ? "without a proof" : "proven in ONNX Runtime"));
            return OnnxReader.read(model.file());
        }
    }

    private void say(Model model, String what) {
        streams.tell(model.file() + ": " + what);
    }
}
