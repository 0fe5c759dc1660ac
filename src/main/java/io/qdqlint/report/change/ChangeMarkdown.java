package io.qdqlint.report.change;

import io.qdqlint.finding.Finding;
import io.qdqlint.gate.Change;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.MarkdownText;
import java.util.List;

/** A change, for the summary of a CI job or a comment. */
public final class ChangeMarkdown {
    private static final int ROWS = 50;

    private ChangeMarkdown() {}

    public static String of(Change change) {
        StringBuilder out = new StringBuilder("### ");
        out.append(MarkdownText.code(change.after().model().file().toString()));
        out.append(change.isWorse() ? " got worse" : "").append("\n\n| | before | after |\n|---|---|---|\n");
        for (ChangeFigures f : ChangeFigures.of(change)) {
            String mark = f.before().equals(f.after()) ? "" : "**";
            out.append("| ").append(MarkdownText.plain(f.name())).append(" | ").append(MarkdownText.plain(f.before()));
            out.append(" | ")
                    .append(mark)
                    .append(MarkdownText.plain(f.after()))
                    .append(mark)
                    .append(" |\n");
        }
        out.append('\n');
        findings(out, "New", change.appeared());
        findings(out, "Gone", change.gone());
        int shown = Math.min(ROWS, change.precisions().size());
        if (shown > 0) {
            out.append("| layer | precision before | after |\n|---|---|---|\n");
            for (Change.Precision p : change.precisions().subList(0, shown)) {
                out.append("| ")
                        .append(MarkdownText.code(p.layer()))
                        .append(" | ")
                        .append(p.before());
                out.append(" | ").append(p.after()).append(" |\n");
            }
            out.append(more(change.precisions().size() - shown)).append('\n');
        }
        return out.toString();
    }

    private static void findings(StringBuilder out, String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        out.append("| ").append(title).append(" | rule | node | what to do | cost |\n|---|---|---|---|---|\n");
        int shown = Math.min(ROWS, findings.size());
        for (Finding f : findings.subList(0, shown)) {
            out.append(MarkdownText.cells(f));
            out.append(MarkdownText.plain(f.remedy())).append(" | ");
            out.append(MarkdownText.plain(Amounts.cost(f.cost(), ""))).append(" |\n");
        }
        out.append(more(findings.size() - shown)).append('\n');
    }

    private static String more(int n) {
        return n == 0 ? "" : "\n" + n + " more: -f json lists all.\n";
    }
}
