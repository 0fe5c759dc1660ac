package io.qdqlint.report.ci;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import io.qdqlint.report.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Workflow commands, which GitHub Actions turns into annotations of the run. */
public final class GithubReport implements Report {
    /** GitHub shows so many annotations of a kind for each step and drops the rest. */
    private static final int SHOWN = 10;

    private static final int SENTENCE = 2000;

    @Override
    public String name() {
        return "github";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        Map<Severity, Integer> shown = new EnumMap<>(Severity.class);
        List<Finding> all = new ArrayList<>();
        for (Run.Unreadable file : run.unreadable()) {
            if (shown.merge(Severity.ERROR, 1, Integer::sum) <= SHOWN) {
                command(text, "error", file.file(), "unreadable model", file.message());
            }
        }
        List<String> fixes = new ArrayList<>();
        for (Diagnosis diagnosis : run.diagnoses()) {
            FixOffer offer = run.fixes(diagnosis);
            if (!offer.isEmpty()) {
                fixes.add(Printable.line(offer.sentence() + ": " + offer.command(), SENTENCE));
            }
            for (String breach : run.judgement(diagnosis).breaches()) {
                if (shown.merge(Severity.ERROR, 1, Integer::sum) <= SHOWN) {
                    command(text, "error", diagnosis.model().file().toString(), "over budget", breach);
                }
            }
            all.addAll(diagnosis.findings());
            for (Finding f : diagnosis.findings()) {
                if (shown.merge(f.severity(), 1, Integer::sum) <= SHOWN) {
                    String level = f.severity() == Severity.NOTE
                            ? "notice"
                            : f.severity().word();
                    String remedy = f.remedy().isBlank() ? "" : " \u2014 " + f.remedy();
                    String title =
                            f.ruleId() + " " + f.slug() + " at " + f.node().name();
                    command(text, level, diagnosis.model().file().toString(), title, f.message() + remedy);
                }
            }
        }
        int dropped =
                shown.values().stream().mapToInt(n -> Math.max(0, n - SHOWN)).sum();
        text.append("qdqlint: ")
                .append(Amounts.count(run.diagnoses().size(), "model"))
                .append(", ");
        text.append(Tally.of(all).words());
        text.append(dropped > 0 ? "; " + dropped + " of them without annotation" : "")
                .append('\n');
        fixes.forEach(fix -> text.append(fix).append('\n'));
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void command(StringBuilder out, String level, String file, String title, String message) {
        out.append("::").append(level).append(" file=").append(property(file)).append(",line=1,title=");
        out.append(property(title))
                .append("::")
                .append(data(Printable.line(message, SENTENCE)))
                .append('\n');
    }

    private static String property(String s) {
        return data(Printable.line(s, SENTENCE)).replace(":", "%3A").replace(",", "%2C");
    }

    private static String data(String s) {
        return s.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
