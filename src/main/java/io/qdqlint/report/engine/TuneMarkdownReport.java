package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.tune.Rows;
import io.qdqlint.tune.Trial;
import io.qdqlint.tune.Tuning;
import java.util.Locale;
import java.util.stream.Collectors;

/** The builds of a tuning in a table, and the result. */
public final class TuneMarkdownReport {
    private TuneMarkdownReport() {}

    /** The table, the machine it was measured on, and the result in words. */
    public static String of(Tuning tuning) {
        StringBuilder out =
                new StringBuilder("| build | GPU time | spread | runs | expected | layers left in floating point"
                        + " | quantize kernels | build and timing |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        tuning.trials().forEach(t -> row(out, t));
        tuning.trials().stream()
                .filter(t -> t.engine() != null && t.engine().log().version() != null)
                .findFirst()
                .map(t -> t.engine().log())
                .ifPresent(log -> out.append("\nTensorRT ")
                        .append(log.version())
                        .append(log.device().isEmpty() ? "" : ", " + escape(log.device()))
                        .append('\n'));
        out.append('\n').append(TuneStory.of(tuning).stream().collect(Collectors.joining("\n", "", "\n")));
        return out.toString();
    }

    private static void row(StringBuilder out, Trial trial) {
        out.append("| ").append(escape(trial.name())).append(" |");
        if (!trial.built()) {
            out.append(' ').append(escape(trial.failure())).append(" | | | | | | |\n");
            return;
        }
        out.append(String.format(
                        Locale.ROOT,
                        " %.4f ms | %s | %d | %s | %s | %d | %.0f s |",
                        trial.time(),
                        millis(trial.spread()),
                        trial.millis().size(),
                        millis(trial.forecast()),
                        Rows.isTuned(trial.name()) ? trial.floats().size() : "\u2013",
                        trial.engine().engine().standAloneQuantizers().size(),
                        trial.seconds()))
                .append('\n');
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "\u2013" : String.format(Locale.ROOT, "%.4f ms", value);
    }

    private static String escape(String text) {
        return Printable.line(text, 120).replace("|", "\\|").replace("<", "&lt;");
    }
}
