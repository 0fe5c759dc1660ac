package io.qdqlint.report.html;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The forecast in short.
 *
 * @param basis what it rests on, where that is not engines of the version, in sentences
 * @param layers weighted layers
 * @param extra extra kernels
 * @param share share of the multiply-accumulates in INT8, in words; empty when it is not known
 * @param extraKernels how many kernels only convert, and what is known of them
 */
public record VerdictView(
        boolean builds,
        List<BlockerView> blockers,
        List<String> basis,
        int layers,
        List<PrecisionView> precisions,
        String share,
        int extra,
        int avoidable,
        String extraKernels,
        String bytes,
        String time,
        String avoidableTime) {
    private static final int NAME = 120;
    private static final int SENTENCE = 1000;
    private static final int BLOCKERS = 8;

    /**
     * Something that stops the build.
     *
     * @param more nodes beyond those listed
     */
    public record BlockerView(String message, List<String> nodes, int more) {}

    /** How many layers run in a precision; {@code from} and {@code width} place it on a bar of 100 units. */
    public record PrecisionView(String name, int count, double from, double width) {}

    static VerdictView of(Diagnosis diagnosis) {
        Forecast forecast = diagnosis.forecast();
        ForecastSummary summary = ForecastSummary.of(forecast);
        return new VerdictView(
                forecast.builds(),
                blockers(forecast),
                forecast.basis().sentences(),
                summary.layers(),
                precisions(summary),
                Double.isNaN(summary.int8Share()) ? "" : Amounts.percent(summary.int8Share()),
                summary.kernels(),
                summary.avoidable(),
                summary.extraKernels(),
                Amounts.bytes(summary.bytes()),
                Amounts.micros(summary.micros()),
                Amounts.micros(summary.avoidableMicros()));
    }

    /** Nodes that stop it in the same way stand together. */
    private static List<BlockerView> blockers(Forecast forecast) {
        Map<String, List<String>> byMessage = new LinkedHashMap<>();
        Set<Node> stopped =
                forecast.blockers().stream().map(Forecast.Blocker::node).collect(Collectors.toSet());
        for (Forecast.Blocker b : forecast.blockers()) {
            Value read = b.node().input(0);
            if (QuantizerText.isQuantizer(b.node())
                    && !QuantizerText.isQuantize(b.node())
                    && read != null
                    && stopped.contains(read.producer())) {
                // The Q of the pair says it.
                continue;
            }
            byMessage
                    .computeIfAbsent(Printable.line(b.message(), SENTENCE), m -> new ArrayList<>())
                    .add(Printable.line(b.node().name(), NAME));
        }
        List<BlockerView> out = new ArrayList<>();
        byMessage.forEach((message, nodes) -> out.add(new BlockerView(
                message, nodes.subList(0, Math.min(BLOCKERS, nodes.size())), Math.max(0, nodes.size() - BLOCKERS))));
        return out;
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
