package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Advisor;
import io.qdqlint.gate.ModelFiles;
import io.qdqlint.ir.NamePattern;
import io.qdqlint.ir.Node;
import io.qdqlint.lint.Linter;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

final class ForecastCommand extends Command {
    private final ModelArguments models = new ModelArguments();
    private final ReportFormats formats = new ReportFormats(Reports.FORECAST);
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();
    private List<String> explain = new ArrayList<>();

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Forecasts the engine that TensorRT will build: whether it builds, the precision of each layer, and the"
                        + " quantize and dequantize kernels that survive.");
        syntax.footer("", "Exit status: 0 the models build; 1 one does not; 2 bad usage or unreadable input.");
        models.declare(syntax);
        formats.declare(syntax);
        tolerance.declare(syntax);
        lint.declare(syntax);
        syntax.option("--explain")
                .label("NODE")
                .says("Explain the forecast for these nodes step by step, with the evidence; replaces the layer and"
                        + " kernel lists. NODE is a name, or a pattern with * and ?; may be repeated.")
                .toList(String.class, v -> explain = v);
    }

    @Override
    public Integer call() throws Exception {
        formats.check();
        ModelFiles files = models.find(lint, tolerance);
        List<Diagnosis> diagnoses = new ArrayList<>();
        Predicate<Node> requested = NamePattern.any(explain);
        List<Run.Unreadable> unreadable = models.read(files, model -> {
            Linter linter = lint.linter(tolerance.get(), model.file());
            diagnoses.add(explain.isEmpty() ? Advisor.lint(linter, model) : linter.explain(model, requested));
        });
        if (!explain.isEmpty()
                && !diagnoses.isEmpty()
                && diagnoses.stream().allMatch(d -> d.forecast().explanations().isEmpty())) {
            throw new UsageException("--explain: no node is named '" + String.join("' or '", explain) + "'");
        }
        Run run = new Run(
                diagnoses,
                unreadable,
                lint::catalogue,
                Version.NUMBER,
                ReportOptions.DEFAULT.withDevice(LintOptions.deviceOf(diagnoses)));
        formats.write(run, streams);
        formats.reportUnreadable(unreadable, streams);
        if (!unreadable.isEmpty()) {
            return Main.FAILED;
        }
        return diagnoses.stream().allMatch(d -> d.forecast().builds()) ? 0 : 1;
    }
}
