package io.qdqlint.report.engine;

import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineStory;
import io.qdqlint.trt.verdict.Validation;
import io.qdqlint.trt.verdict.Validation.JudgedFinding;
import io.qdqlint.trt.verdict.Validation.JudgedKernel;
import io.qdqlint.trt.verdict.Validation.JudgedLayer;
import io.qdqlint.trt.verdict.Verdict.Outcome;
import java.util.List;
import java.util.Locale;

/** The verdicts of an engine on a diagnosis, for a terminal. */
public final class ValidationTextReport {
    private static final int ERROR_LINES = 24;

    private final Validation validation;
    private final StringBuilder out = new StringBuilder();

    private ValidationTextReport(Validation validation) {
        this.validation = validation;
    }

    /** The whole text. */
    public static String of(Validation validation) {
        ValidationTextReport report = new ValidationTextReport(validation);
        report.head();
        if (validation.engine() == null) {
            report.errors();
        }
        report.findings();
        if (validation.engine() != null) {
            report.kernels();
            report.layers();
        }
        return report.out.toString();
    }

    private void head() {
        BuildLog log = validation.log();
        String version = log.version() == null ? "" : " with TensorRT " + log.version();
        line(validation.diagnosis().model().file() + version + (log.device().isEmpty() ? "" : " on " + log.device()));
        line("Build forecast " + validation.build().outcome().words() + ": "
                + validation.build().why() + ".");
        if (validation.engine() != null) {
            EngineStory.of(validation.engine()).forEach(this::line);
        }
        out.append('\n');
    }

    private void errors() {
        for (BuildLog.LogError error : validation.log().errors()) {
            List<String> lines = error.text().lines().toList();
            lines.stream().limit(ERROR_LINES).forEach(l -> line("    " + l));
            if (lines.size() > ERROR_LINES) {
                line("    and " + Amounts.count(lines.size() - ERROR_LINES, "line") + " more in TensorRT's log");
            }
            error.node()
                    .ifPresent(n -> validation.findings().stream()
                            .filter(f -> f.verdict().isConfirmed())
                            .filter(f -> f.finding().node().name().equals(n))
                            .forEach(f -> line("  forecast by " + f.finding().ruleId() + " "
                                    + f.finding().slug())));
        }
        out.append('\n');
    }

    private void findings() {
        if (validation.findings().isEmpty()) {
            line("No findings.");
            return;
        }
        line("Findings: "
                + tally(
                        validation.findings(Outcome.CONFIRMED),
                        validation.findings(Outcome.REFUTED),
                        validation.findings(Outcome.NOT_JUDGED)));
        for (JudgedFinding f : validation.findings()) {
            String cost = f.verdict().isConfirmed() && f.verdict().micros() > 0
                    ? String.format(Locale.ROOT, " %.1f µs", f.verdict().micros())
                    : "";
            line(String.format(
                    Locale.ROOT,
                    "  %-10s %s %s at %s:%s %s",
                    f.verdict().outcome().words(),
                    f.finding().ruleId(),
                    f.finding().slug(),
                    f.finding().node().name(),
                    cost,
                    f.verdict().why()));
        }
    }

    private void kernels() {
        out.append('\n');
        line("Forecast kernels that only quantize or dequantize: "
                + tally(validation.kernels(Outcome.CONFIRMED), validation.kernels(Outcome.REFUTED), 0));
        for (JudgedKernel k : validation.kernels()) {
            line(String.format(
                    Locale.ROOT,
                    "  %-10s %9s %s",
                    k.verdict().outcome().words(),
                    k.verdict().isConfirmed() ? micros(k.verdict().micros()) : "",
                    k.kernel().nodes().isEmpty()
                            ? ""
                            : k.kernel().nodes().get(0).name()));
        }
        if (!validation.unforeseen().isEmpty()) {
            line("Not forecast: " + Amounts.count(validation.unforeseen().size(), "kernel"));
            for (EngineLayer layer : validation.unforeseen()) {
                line(String.format(
                        Locale.ROOT,
                        "  %-10s %9s %s",
                        "",
                        micros(validation.engine().micros(layer)),
                        layer.shortName()));
            }
        }
    }

    private void layers() {
        List<JudgedLayer> layers = validation.layers();
        if (layers.isEmpty()) {
            return;
        }
        List<JudgedLayer> wrong = layers.stream().filter(l -> !l.isRight()).toList();
        out.append('\n');
        line("Precision of weighted layers: " + (layers.size() - wrong.size()) + " of " + layers.size()
                + " as forecast.");
        for (JudgedLayer l : wrong) {
            line("  " + l.layer().node().name() + ": forecast " + l.layer().precision() + ", reads " + l.measured());
        }
    }

    private static String tally(long confirmed, long refuted, long notJudged) {
        return confirmed + " confirmed, " + refuted + " refuted"
                + (notJudged > 0 ? ", " + notJudged + " not judged" : "") + ".";
    }

    private static String micros(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f µs", value);
    }

    private void line(String text) {
        out.append(Printable.line(text).stripTrailing()).append('\n');
    }
}
