package io.qdqlint.report.change;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.gate.Change;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Tally;
import java.util.List;

/**
 * One figure of both states of a model.
 *
 * @param name what it is
 */
record ChangeFigures(String name, String before, String after) {
    /** All figures, in the order they are shown. */
    static List<ChangeFigures> of(Change change) {
        Diagnosis a = change.before();
        Diagnosis b = change.after();
        return List.of(
                new ChangeFigures("TensorRT " + b.tensorrt(), builds(a), builds(b)),
                new ChangeFigures(
                        "findings",
                        Tally.of(a.findings()).words(),
                        Tally.of(b.findings()).words()),
                new ChangeFigures(
                        "extra kernels",
                        Integer.toString(a.forecast().kernels().size()),
                        Integer.toString(b.forecast().kernels().size())),
                new ChangeFigures(
                        "their time" + Amounts.on(b.forecast().device()),
                        Amounts.micros(Change.micros(a)),
                        Amounts.micros(Change.micros(b))),
                new ChangeFigures("in INT8", share(a), share(b)));
    }

    private static String builds(Diagnosis d) {
        return d.forecast().builds() ? "builds" : "will not build";
    }

    private static String share(Diagnosis d) {
        double share = d.forecast().int8Share();
        return Double.isNaN(share) ? "unknown" : Amounts.percent(share);
    }
}
