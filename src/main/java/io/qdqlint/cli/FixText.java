package io.qdqlint.cli;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.Refusal;
import io.qdqlint.fix.Step;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.verify.Drift;
import io.qdqlint.verify.Held;
import io.qdqlint.verify.Verdict;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code qdqlint fix} tells a person. */
final class FixText {
    private final PrintWriter out;

    FixText(Streams streams) {
        out = new PrintWriter(streams.out(), false, StandardCharsets.UTF_8);
    }

    void steps(Fix fix, Path file) {
        long exact = fix.steps().stream()
                .filter(s -> s.exactness() == Exactness.EXACT)
                .count();
        out.printf(
                Locale.ROOT,
                "%s: %d rewrites in %d rounds, %d of them exact%n",
                file,
                fix.steps().size(),
                fix.rounds(),
                exact);
        for (Step step : fix.steps()) {
            out.printf("  %s %s: %s%n", step.rewrite().rule(), step.exactness().words(), step.says());
        }
        for (Refusal refusal : fix.refusals()) {
            out.printf("  %s not applied: %s%n", refusal.rewrite().rule(), refusal.why());
        }
        if (!fix.settled()) {
            out.printf("  stopped after %d rounds with rewrites left; please report this model%n", fix.rounds());
        }
    }

    void forecasts(Forecast before, Forecast after) {
        out.printf("before: %s%n", line(before));
        out.printf("after:  %s%n", line(after));
    }

    private static String line(Forecast forecast) {
        if (!forecast.builds()) {
            return "does not build; stopped by " + forecast.blockers().size() + " nodes";
        }
        ForecastSummary summary = ForecastSummary.of(forecast);
        return String.format(
                Locale.ROOT,
                "%d extra kernels, %d of them avoidable; %s us on %s",
                summary.kernels(),
                summary.avoidable(),
                Double.isNaN(summary.micros()) ? "unknown" : String.format(Locale.ROOT, "%.1f", summary.micros()),
                forecast.device());
    }

    void verdict(Verdict verdict) {
        switch (verdict.outcome()) {
            case PROVEN -> out.printf("proven in ONNX Runtime with %d inputs%n", verdict.runs());
            case FAILED -> out.printf("the proof failed: %s%n", verdict.reason());
            case NOT_VERIFIED -> out.printf("not verified: %s%n", verdict.reason());
        }
        if (!verdict.exact().isEmpty()) {
            out.printf(
                    "  after the exact rewrites %s%n",
                    verdict.exact().stream().allMatch(Drift::same)
                            ? "every output is the same, bit for bit"
                            : "outputs differ");
        }
        for (Drift d : verdict.drifts()) {
            out.printf("  %s: %s%n", d.output(), drift(d));
        }
        if (!verdict.claims().isEmpty()) {
            double clipped =
                    verdict.claims().stream().mapToDouble(Held::clipped).max().orElse(0);
            out.printf(
                    Locale.ROOT,
                    "  %d of %d quantized tensors are within the stated bound; at most %.3f %% of one is clipped%n",
                    verdict.claims().stream().filter(Held::holds).count(),
                    verdict.claims().size(),
                    100 * clipped);
        }
    }

    private static String drift(Drift d) {
        if (d.same()) {
            return "the same, bit for bit";
        }
        String top =
                Double.isNaN(d.top1()) ? "" : String.format(Locale.ROOT, ", top-1 agrees in %.1f %%", 100 * d.top1());
        return String.format(Locale.ROOT, "max error %.4g, SQNR %.1f dB%s", d.maxError(), d.sqnr(), top);
    }

    void written(Path target) {
        out.printf("written to %s%n", target);
    }

    void flush() {
        out.flush();
    }
}
