package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Performance;
import io.qdqlint.tune.Noise;
import io.qdqlint.tune.Rows;
import io.qdqlint.tune.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Engines of one network in a table, for a pull request. */
public final class BenchMarkdownReport {
    private static final String NONE = "\u2013";

    private BenchMarkdownReport() {}

    /**
     * One variant.
     *
     * @param engine of the first run; null if it was not built
     * @param millis median GPU milliseconds of each run, where they are known
     */
    public record Row(String name, MeasuredEngine engine, BuildLog log, List<Double> millis) {
        /** The same with the times of one more run. */
        public Row and(Row again) {
            List<Double> all = new ArrayList<>(millis);
            all.addAll(again.millis);
            return new Row(name, engine, log, List.copyOf(all));
        }
    }

    /** The table, with the machine it was measured on below. */
    public static String of(List<Row> rows) {
        StringBuilder out = new StringBuilder("| build | throughput | median latency | p99 latency | sum of layers"
                + " | quantize kernels | their time | quantized layers |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        rows.forEach(r -> row(out, r));
        rows.stream()
                .map(Row::log)
                .filter(l -> l.version() != null)
                .findFirst()
                .ifPresent(l -> out.append("\nTensorRT ")
                        .append(l.version())
                        .append(l.device().isEmpty() ? "" : ", " + escape(l.device()))
                        .append('\n'));
        repeats(out, rows);
        return out.toString();
    }

    /** How far the runs of each row are apart, and which rows differ by less. */
    private static void repeats(StringBuilder out, List<Row> rows) {
        List<Trial> timed = rows.stream()
                .filter(r -> r.millis().size() > 1)
                .map(r -> Rows.timed(r.name(), r.millis()))
                .toList();
        if (timed.isEmpty()) {
            return;
        }
        out.append("\nGPU time, median of ")
                .append(timed.get(0).millis().size())
                .append(" runs in turn:\n\n");
        for (Trial t : timed) {
            out.append(String.format(
                            Locale.ROOT, "- %s: %.4f ms, spread %.4f ms", escape(t.name()), t.time(), t.spread()))
                    .append('\n');
        }
        Noise noise = new Noise(timed);
        for (int i = 0; i < timed.size(); i++) {
            for (Trial other : timed.subList(i + 1, timed.size())) {
                if (noise.equal(timed.get(i), other)) {
                    out.append(String.format(
                                    Locale.ROOT,
                                    "- %s and %s are equal within the spread (%.1f %%)",
                                    escape(timed.get(i).name()),
                                    escape(other.name()),
                                    100 * noise.share()))
                            .append('\n');
                }
            }
        }
    }

    private static void row(StringBuilder out, Row row) {
        out.append("| ").append(escape(row.name())).append(" |");
        if (row.engine() == null) {
            String reason = row.log().errors().stream()
                    .filter(e -> e.node().isPresent())
                    .findFirst()
                    .map(e -> " at `" + escape(e.node().get()).replace('`', '\'') + "`")
                    .orElse("");
            out.append(" not built").append(reason).append(" | | | | | | |\n");
            return;
        }
        MeasuredEngine engine = row.engine();
        Performance performance = row.log().performance();
        int quantizers = engine.engine().standAloneQuantizers().size();
        double micros = engine.micros(EngineLayer::isStandAloneQuantizer);
        cell(out, performance == null ? Double.NaN : performance.throughput(), "%.1f /s");
        cell(out, performance == null ? OptionalDouble.empty() : performance.medianLatencyMs());
        cell(out, performance == null ? OptionalDouble.empty() : performance.p99LatencyMs());
        cell(out, engine.totalMicros() / 1000, "%.3f ms");
        out.append(' ').append(quantizers).append(" |");
        cell(out, 100 * micros / engine.totalMicros(), "%.0f %%");
        cell(out, 100 * engine.quantizedShare(), "%.0f %%");
        out.append('\n');
    }

    private static void cell(StringBuilder out, OptionalDouble millis) {
        cell(out, millis.orElse(Double.NaN), "%.3f ms");
    }

    private static void cell(StringBuilder out, double value, String pattern) {
        out.append(' ')
                .append(Double.isNaN(value) ? NONE : String.format(Locale.ROOT, pattern, value))
                .append(" |");
    }

    private static String escape(String text) {
        return Printable.line(text, 120).replace("|", "\\|").replace("<", "&lt;");
    }
}
