package io.qdqlint.report.text;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.Refusal;
import io.qdqlint.fix.Step;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixRun;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.verify.Drift;
import io.qdqlint.verify.Held;
import io.qdqlint.verify.Verdict;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What {@code qdqlint fix} tells a person. */
public final class FixTextReport {
    private final PrintWriter out;

    private FixTextReport(OutputStream stream) {
        out = new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    /** Writes the report; does not close {@code stream}. */
    public static void write(FixRun run, OutputStream stream) {
        FixTextReport report = new FixTextReport(stream);
        report.steps(run.fix());
        report.forecast("before: ", run.before().forecast());
        report.forecast("after:  ", run.after().forecast());
        if (run.verdict() != null) {
            report.verdict(run.verdict());
        }
        if (run.written() != null) {
            report.out.printf("written to %s%n", run.written());
        }
        report.out.flush();
    }

    private void steps(Fix fix) {
        long exact = fix.steps().stream()
                .filter(s -> s.exactness() == Exactness.EXACT)
                .count();
        out.printf(
                Locale.ROOT,
                "%s: %s in %s, %d of them exact%n",
                fix.before().file(),
                Amounts.count(fix.steps().size(), "rewrite"),
                Amounts.count(fix.rounds(), "round"),
                exact);
        for (Step step : fix.steps()) {
            out.printf("  %s %s: %s%n", step.rewrite().rule(), step.exactness().words(), step.says());
        }
        for (Refusal refusal : fix.refusals()) {
            out.printf("  %s not applied: %s%n", refusal.rewrite().rule(), refusal.why());
        }
        if (!fix.settled()) {
            out.printf(
                    "  stopped after %s with rewrites left; please report this model%n",
                    Amounts.count(fix.rounds(), "round"));
        }
    }

    private void forecast(String when, Forecast forecast) {
        if (!forecast.builds()) {
            out.printf(
                    "%sdoes not build; stopped by %s%n",
                    when, Amounts.count(forecast.blockers().size(), "node"));
            return;
        }
        ForecastSummary summary = ForecastSummary.of(forecast);
        out.printf(
                "%s%s, %s of them avoidable; %s on %s%n",
                when,
                Amounts.count(summary.kernels(), "extra kernel"),
                summary.avoidable() == 0 ? "none" : summary.avoidable(),
                Amounts.micros(summary.micros()),
                forecast.device());
    }

    private void verdict(Verdict verdict) {
        switch (verdict.outcome()) {
            case PROVEN -> out.printf("proven in ONNX Runtime with %s%n", Amounts.count(verdict.runs(), "input"));
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
}
