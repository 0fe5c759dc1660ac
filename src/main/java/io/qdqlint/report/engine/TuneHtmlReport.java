package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.tune.Rows;
import io.qdqlint.tune.Trial;
import io.qdqlint.tune.Tuning;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A tuning as a page: the result, the builds, and the layers that are left in floating point. */
public final class TuneHtmlReport {
    private TuneHtmlReport() {}

    /** Writes the page, and flushes. */
    public static void write(String model, Tuning tuning, OutputStream out) throws IOException {
        String result = tuning.result().map(Trial::name).orElse("");
        EnginePage.write(
                "tune.ftlh",
                Map.of(
                        "model", Printable.line(model),
                        "story",
                                TuneStory.of(tuning).stream()
                                        .map(Printable::line)
                                        .toList(),
                        "trials",
                                tuning.trials().stream()
                                        .map(t -> row(t, result))
                                        .toList()),
                List.of(),
                out);
    }

    private static Map<String, Object> row(Trial trial, String result) {
        return Map.of(
                "name", trial.name(),
                "result", trial.name().equals(result),
                "failure", Printable.line(trial.failure()),
                "built", trial.built(),
                "millis", millis(trial.time()),
                "spread", millis(trial.spread()),
                "forecast", millis(trial.forecast()),
                "runs", trial.millis().size(),
                "tuned", Rows.isTuned(trial.name()),
                "floats", trial.floats().stream().map(Printable::line).toList());
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "\u2013" : String.format(Locale.ROOT, "%.4f", value);
    }
}
