package io.qdqlint.report.change;

import io.qdqlint.finding.Finding;
import io.qdqlint.gate.Change;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import java.util.List;

/** A change, for a person. */
public final class ChangeText {
    private static final int SENTENCE = 1000;

    private ChangeText() {}

    public static String of(Change change) {
        StringBuilder out = new StringBuilder();
        out.append(Printable.line(change.before().model().file().toString())).append(" -> ");
        out.append(Printable.line(change.after().model().file().toString())).append('\n');
        List<ChangeFigures> figures = ChangeFigures.of(change);
        int widest = figures.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        for (ChangeFigures f : figures) {
            out.append("  ")
                    .append(f.name())
                    .append(" ".repeat(widest - f.name().length() + 2));
            out.append(f.before())
                    .append(f.before().equals(f.after()) ? "" : " -> " + f.after())
                    .append('\n');
        }
        findings(out, "new", change.appeared());
        findings(out, "gone", change.gone());
        for (Change.Precision p : change.precisions()) {
            out.append("precision: ")
                    .append(Printable.line(p.layer(), SENTENCE))
                    .append(": ");
            out.append(p.before()).append(" -> ").append(p.after()).append('\n');
        }
        if (change.appeared().isEmpty()
                && change.gone().isEmpty()
                && change.precisions().isEmpty()) {
            out.append("no new and no resolved findings\n");
        }
        return out.toString();
    }

    private static void findings(StringBuilder out, String word, List<Finding> findings) {
        for (Finding f : findings) {
            String cost = Amounts.cost(f.cost(), "");
            out.append(word)
                    .append(": ")
                    .append(f.severity().word())
                    .append('[')
                    .append(f.ruleId())
                    .append("] ");
            out.append(f.slug())
                    .append(" at '")
                    .append(Printable.line(f.node().name(), SENTENCE))
                    .append('\'');
            out.append(cost.isEmpty() ? "" : "; " + cost).append('\n');
        }
    }
}
