package io.qdqlint.report.html;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The forecast in short.
 *
 * @param layers weighted layers
 * @param extra extra kernels
 * @param share share of the multiply-accumulates in INT8, in words; empty when it can't be told
 */
public record VerdictView(
        boolean builds,
        List<BlockerView> blockers,
        int layers,
        List<PrecisionView> precisions,
        String share,
        int extra,
        int avoidable,
        String bytes,
        String time,
        String avoidableTime) {
    private static final int NAME = 120;
    private static final int SENTENCE = 1000;
    private static final int BLOCKERS = 20;

    /** Something that stops the build. */
    public record BlockerView(String node, String opType, String message) {}

    /** How many layers run in a precision; {@code from} and {@code width} place it on a bar of 100 units. */
    public record PrecisionView(String name, int count, double from, double width) {}

    static VerdictView of(Diagnosis diagnosis) {
        Forecast forecast = diagnosis.forecast();
        ForecastSummary summary = ForecastSummary.of(forecast);
        List<BlockerView> blockers = forecast.blockers().stream()
                .limit(BLOCKERS)
                .map(b -> new BlockerView(
                        Printable.line(b.node().name(), NAME),
                        Printable.line(b.node().opType(), NAME),
                        Printable.line(b.message(), SENTENCE)))
                .toList();
        return new VerdictView(
                forecast.builds(),
                blockers,
                summary.layers(),
                precisions(summary),
                Double.isNaN(summary.int8Share()) ? "" : Amounts.percent(summary.int8Share()),
                summary.kernels(),
                summary.avoidable(),
                Amounts.bytes(summary.bytes()),
                Amounts.micros(summary.micros()),
                Amounts.micros(summary.avoidableMicros()));
    }

    private static List<PrecisionView> precisions(ForecastSummary summary) {
        List<PrecisionView> out = new ArrayList<>();
        double from = 0;
        for (Map.Entry<String, Integer> e : summary.precisions().entrySet()) {
            double width = 100.0 * e.getValue() / summary.layers();
            out.add(new PrecisionView(e.getKey().toLowerCase(Locale.ROOT), e.getValue(), from, width));
            from += width;
        }
        return out;
    }
}
