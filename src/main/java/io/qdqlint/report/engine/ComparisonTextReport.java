package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.trt.compare.ComparisonStory;
import io.qdqlint.trt.compare.EngineComparison;
import io.qdqlint.trt.compare.LayerGroup;
import java.util.List;
import java.util.Locale;

/** A comparison of two engines for a terminal. */
public final class ComparisonTextReport {
    private ComparisonTextReport() {}

    /**
     * The whole text.
     *
     * @param limit the most groups of layers to list; the rest is counted
     */
    public static String of(EngineComparison comparison, int limit) {
        StringBuilder out = new StringBuilder();
        line(out, "A  %s", Printable.line(comparison.a().label(), 100));
        line(out, "B  %s", Printable.line(comparison.b().label(), 100));
        out.append('\n');
        ComparisonStory.of(comparison).forEach(s -> line(out, "%s", Printable.line(s)));
        out.append('\n');
        kinds(out, comparison);
        groups(out, comparison, limit);
        return out.toString();
    }

    private static void kinds(StringBuilder out, EngineComparison comparison) {
        line(out, "%-14s %18s  %18s  %9s", "kind", "A", "B", comparison.isTimed() ? "B - A" : "");
        for (EngineComparison.KindTime k : comparison.kinds()) {
            line(
                    out,
                    "%-14s %5d %12s  %5d %12s  %9s",
                    k.kind().word(),
                    k.countA(),
                    micros(k.microsA()),
                    k.countB(),
                    micros(k.microsB()),
                    signed(k.delta()));
        }
        out.append('\n');
    }

    private static void groups(StringBuilder out, EngineComparison comparison, int limit) {
        List<LayerGroup> shown = comparison.groups().stream()
                .filter(g -> !g.differences().isEmpty() || Math.abs(g.delta()) >= 0.05)
                .toList();
        line(out, "%10s %10s %9s %8s  %s", "A", "B", "B - A", "layers", "what");
        for (LayerGroup g : shown.subList(0, Math.min(limit, shown.size()))) {
            line(
                    out,
                    "%10s %10s %9s %8s  %s%s",
                    micros(g.microsA()),
                    micros(g.microsB()),
                    signed(g.delta()),
                    g.a().size() + " / " + g.b().size(),
                    Printable.line(g.title(), 50),
                    g.explanation().isEmpty() ? "" : ": " + Printable.line(g.explanation()));
        }
        if (shown.size() > limit) {
            line(out, "and %d more; --limit N lists more", shown.size() - limit);
        }
        int same = comparison.groups().size() - shown.size();
        if (same > 0) {
            line(out, "%d groups of layers are the same in both", same);
        }
    }

    private static String micros(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f µs", value);
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%+.1f µs", value);
    }

    private static void line(StringBuilder out, String pattern, Object... values) {
        out.append(String.format(Locale.ROOT, pattern, values).stripTrailing()).append('\n');
    }
}
