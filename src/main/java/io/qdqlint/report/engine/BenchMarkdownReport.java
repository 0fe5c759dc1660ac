package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Performance;
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
     * @param engine null if it was not built
     */
    public record Row(String name, MeasuredEngine engine, BuildLog log) {}

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
        return out.toString();
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
