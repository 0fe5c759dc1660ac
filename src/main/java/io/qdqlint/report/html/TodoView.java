package io.qdqlint.report.html;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.html.CheckPage.FindingView;
import java.util.List;

/**
 * What to do first.
 *
 * @param fixes what can be fixed of the model, in words; empty where nothing can
 * @param command the command that does it, or where nothing can be fixed and the model builds, the one that measures
 * @param before kernels that only convert, and their time, now
 * @param after the same after the fix, estimated
 * @param width the time after in percent of the time before; negative where no times are known, nothing changes, or the model does not build now
 * @param top the findings to look at first
 */
public record TodoView(String fixes, String command, String before, String after, double width, List<FindingView> top) {
    private static final int TOP = 5;

    static TodoView of(Diagnosis diagnosis, FixOffer offer, List<FindingView> findings) {
        ForecastSummary summary = ForecastSummary.of(diagnosis.forecast());
        List<FindingView> top = findings.subList(0, Math.min(TOP, findings.size()));
        if (offer.isEmpty()) {
            return new TodoView("", "qdqlint validate " + FixOffer.quoted(offer.file()), "", "", -1, top);
        }
        double lost = diagnosis.forecast().lostFusions().stream()
                .mapToDouble(Forecast.LostFusion::micros)
                .sum();
        double now = summary.micros() + lost;
        double then = Math.max(0, now - offer.cost().micros());
        int kernels = summary.kernels() + summary.lostFusions();
        int left = Math.max(0, kernels - offer.cost().kernels());
        // Measured times and estimates do not add up, and a model that does not build takes no time now.
        boolean timed =
                diagnosis.forecast().builds() && !offer.cost().measured() && now > 0 && then < now && kernels > left;
        return new TodoView(
                offer.sentence(),
                offer.command(),
                timed ? words(kernels, now) : "",
                timed ? words(left, then) : "",
                timed ? 100 * then / now : -1,
                top);
    }

    private static String words(int kernels, double micros) {
        return Amounts.micros(micros) + " in " + Amounts.count(kernels, "kernel");
    }
}
