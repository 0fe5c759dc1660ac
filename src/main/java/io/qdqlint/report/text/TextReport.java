package io.qdqlint.report.text;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Report;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.ReportOptions.Detail;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Findings for a person at a terminal, in the manner of a compiler. The first few findings of a rule show the graph around
 * them; the rest, which say the same about other places, show only the place and the cost.
 */
public final class TextReport implements Report {
    private static final int MESSAGE = 2000;

    @Override
    public String name() {
        return "text";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        Ansi ansi = new Ansi(run.options().colour());
        StringBuilder text = new StringBuilder();
        boolean quiet = run.options().detail() == Detail.QUIET;
        if (run.options().detail() != Detail.STATISTICS) {
            ReportOptions options = quiet ? run.options().withExcerpts(0) : run.options();
            run.diagnoses().forEach(diagnosis -> findings(text, ansi, diagnosis, options));
        }
        new TextSummary(ansi, run.options()).print(text, run);
        out.write(LineWidth.fit(text.toString(), run.options().width()).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void findings(StringBuilder out, Ansi ansi, Diagnosis diagnosis, ReportOptions options) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> remedies = new HashSet<>();
        boolean lastWasShort = false;
        for (Finding finding : diagnosis.findings()) {
            boolean brief = seen.merge(finding.ruleId(), 1, Integer::sum) > options.excerpts();
            if (lastWasShort && !brief) {
                out.append('\n');
            }
            lastWasShort = brief;
            heading(out, ansi, finding);
            String file = Printable.line(diagnosis.model().file().toString());
            boolean newRemedy = remedies.add(finding.remedy());
            String cost = Amounts.cost(finding.cost(), options.device());
            if (brief) {
                out.append(ansi.rail("  -->")).append(' ').append(place(file, finding));
                out.append(cost.isEmpty() ? "" : "; " + cost).append('\n');
                continue;
            }
            GraphExcerpt excerpt = new GraphExcerpt(ansi, finding, options.width());
            out.append(excerpt.gutter())
                    .append(ansi.rail("-->"))
                    .append(' ')
                    .append(place(file, finding))
                    .append('\n');
            excerpt.print(out);
            if (!cost.isEmpty()) {
                excerpt.label(out, "cost", cost);
            }
            if (newRemedy && !finding.remedy().isEmpty()) {
                excerpt.label(out, "fix", Printable.line(finding.remedy(), MESSAGE));
            }
            out.append('\n');
        }
        if (lastWasShort && options.excerpts() > 0) {
            out.append('\n');
        }
    }

    private static void heading(StringBuilder out, Ansi ansi, Finding f) {
        out.append(ansi.severity(f.severity(), f.severity().word() + "[" + f.ruleId() + "]"));
        out.append(' ')
                .append(ansi.bold(f.slug() + ": " + Printable.line(f.message(), MESSAGE)))
                .append('\n');
    }

    private static String place(String file, Finding f) {
        return file + ": node '" + Printable.line(f.node().name(), 200) + "' ("
                + Printable.line(f.node().opType(), 60) + ")";
    }
}
