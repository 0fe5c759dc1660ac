package io.qdqlint.report.text;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.Refusal;
import io.qdqlint.fix.Step;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixRun;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.Printable;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.verify.Drift;
import io.qdqlint.verify.Held;
import io.qdqlint.verify.Verdict;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The text report of {@code qdqlint fix}. */
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
            report.say("written to %s", run.written());
        }
        report.out.flush();
    }

    private void steps(Fix fix) {
        long exact = fix.steps().stream()
                .filter(s -> s.exactness() == Exactness.EXACT)
                .count();
        say(
                "%s: %s in %s, %d of them exact",
                fix.before().file(),
                Amounts.count(fix.steps().size(), "edit"),
                Amounts.count(fix.rounds(), "round"),
                exact);
        for (Step step : fix.steps()) {
            say("  %s %s: %s", step.rewrite().rule(), step.exactness().words(), step.says());
        }
        refusals(fix.refusals());
        if (!fix.settled()) {
            say(
                    "  stopped at the limit after %s, with edits left; fix the result again to continue, and please report this model",
                    Amounts.count(fix.rounds(), "round"));
        }
    }

    /** One line for each rule and reason: the first node, and how many more there are. */
    private void refusals(List<Refusal> refusals) {
        Map<String, List<Refusal>> byReason = refusals.stream()
                .collect(Collectors.groupingBy(
                        r -> r.rewrite().rule() + r.why(), LinkedHashMap::new, Collectors.toList()));
        for (List<Refusal> same : byReason.values()) {
            Refusal first = same.get(0);
            String more = same.size() == 1 ? "" : " and " + Amounts.count(same.size() - 1, "more node");
            say(
                    "  %s at '%s'%s not applied: %s",
                    first.rewrite().rule(), first.rewrite().at().name(), more, first.why());
        }
    }

    private void forecast(String when, Forecast forecast) {
        if (!forecast.builds()) {
            say(
                    "%sdoes not build; stopped by %s",
                    when, Amounts.count(forecast.blockers().size(), "node"));
            return;
        }
        ForecastSummary summary = ForecastSummary.of(forecast);
        say("%s%s; %s on %s", when, summary.extraKernels(), Amounts.micros(summary.micros()), forecast.device());
    }

    private void verdict(Verdict verdict) {
        switch (verdict.outcome()) {
            case PROVEN -> say("proven in ONNX Runtime with %s", Amounts.count(verdict.runs(), "input"));
            case FAILED -> say("the proof failed: %s", verdict.reason());
            case NOT_VERIFIED -> say("not verified: %s", verdict.reason());
        }
        verdict.notes().forEach(note -> say("  note: %s", note));
        if (!verdict.exact().isEmpty()) {
            say(
                    "  after the exact edits %s",
                    verdict.exact().stream().allMatch(Drift::same)
                            ? "every output is the same, bit for bit"
                            : "outputs differ");
        }
        for (Drift d : verdict.drifts()) {
            say("  %s: %s", d.output(), DriftText.of(d));
        }
        verdict.tensors().stream()
                .filter(d -> d.level() != Drift.Level.ZERO)
                .min(Comparator.comparingDouble(Drift::sqnr))
                .ifPresent(d -> say(
                        "  %s inside the model: %s at worst, '%s'",
                        Amounts.count(verdict.tensors().size(), "tensor"), DriftText.sqnr(d), d.output()));
        if (!verdict.claims().isEmpty()) {
            double clipped =
                    verdict.claims().stream().mapToDouble(Held::clipped).max().orElse(0);
            say(
                    "  %d of %d quantized tensors are within the stated bound; at most %.3f %% of one is clipped",
                    verdict.claims().stream().filter(Held::holds).count(),
                    verdict.claims().size(),
                    100 * clipped);
        }
    }

    /** One line; names in it come from the model. */
    private void say(String pattern, Object... values) {
        out.println(Printable.line(String.format(Locale.ROOT, pattern, values).stripTrailing()));
    }
}
