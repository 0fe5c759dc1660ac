package io.qdqlint.report.ci;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.gate.Judgement;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.MarkdownText;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import io.qdqlint.report.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Findings as a page of Markdown, for the summary of a CI job or a comment. */
public final class MarkdownReport implements Report {
    /** GitHub drops a job summary beyond 1 MiB altogether. */
    private static final int LONGEST = 900_000;

    private static final int ROWS = 100;

    @Override
    public String name() {
        return "markdown";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        List<Finding> all = new ArrayList<>();
        run.diagnoses().forEach(d -> all.addAll(d.findings()));
        StringBuilder text = new StringBuilder("## Q/DQ findings\n\n**")
                .append(Tally.of(all).words())
                .append("**");
        String cost = Amounts.cost(Tally.of(all).cost(), run.options().device());
        text.append(cost.isEmpty() ? "" : "; " + MarkdownText.plain(cost)).append("\n\n");
        models(text, run);
        for (Run.Unreadable file : run.unreadable()) {
            text.append("- **could not be read:** ")
                    .append(MarkdownText.code(file.file()))
                    .append(": ");
            text.append(MarkdownText.plain(file.message())).append('\n');
        }
        text.append(run.unreadable().isEmpty() ? "" : "\n");
        gate(text, run);
        for (Diagnosis diagnosis : run.diagnoses()) {
            if (!diagnosis.findings().isEmpty() && text.length() < LONGEST) {
                findings(text, diagnosis);
                fixes(text, run.fixes(diagnosis));
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void fixes(StringBuilder out, FixOffer fixes) {
        if (!fixes.isEmpty()) {
            out.append(MarkdownText.plain(fixes.sentence())).append(": ");
            out.append(MarkdownText.code(fixes.command())).append("\n\n");
        }
    }

    /** Budgets that are exceeded, findings that do not count, and notes about the configuration. */
    private static void gate(StringBuilder out, Run run) {
        int start = out.length();
        for (Diagnosis diagnosis : run.diagnoses()) {
            Judgement gate = run.judgement(diagnosis);
            String file = MarkdownText.code(diagnosis.model().file().toString());
            gate.breaches()
                    .forEach(b -> out.append("- **over budget:** ")
                            .append(file)
                            .append(": ")
                            .append(MarkdownText.plain(b))
                            .append('\n'));
            count(out, file, gate.known().size(), "in the baseline");
            count(out, file, gate.ignored().size(), "ignored by the configuration");
            count(out, file, gate.hidden().size(), "below --min-severity, not shown");
        }
        run.remarks()
                .forEach(r -> out.append("- ").append(MarkdownText.plain(r)).append('\n'));
        out.append(out.length() > start ? "\n" : "");
    }

    private static void count(StringBuilder out, String file, int n, String what) {
        if (n > 0) {
            out.append("- ").append(file).append(": ").append(Amounts.count(n, "finding"));
            out.append(' ').append(what).append('\n');
        }
    }

    private static void models(StringBuilder out, Run run) {
        if (run.diagnoses().isEmpty()) {
            return;
        }
        out.append("| model | TensorRT | errors | warnings | notes | avoidable kernels | their time |\n");
        out.append("|---|---|--:|--:|--:|--:|--:|\n");
        for (Diagnosis diagnosis : run.diagnoses()) {
            Tally t = Tally.of(diagnosis.findings());
            out.append("| ")
                    .append(MarkdownText.code(diagnosis.model().file().toString()))
                    .append(" | ");
            out.append(diagnosis.tensorrt())
                    .append(diagnosis.forecast().builds() ? " builds it" : " **will not build it**");
            out.append(" | ")
                    .append(t.errors())
                    .append(" | ")
                    .append(t.warnings())
                    .append(" | ")
                    .append(t.notes());
            out.append(" | ").append(t.cost().kernels()).append(" | ");
            out.append(t.cost().micros() > 0 ? Amounts.micros(t.cost().micros()) : "")
                    .append(" |\n");
        }
        out.append('\n');
    }

    private static void findings(StringBuilder out, Diagnosis diagnosis) {
        List<Finding> findings = diagnosis.findings();
        out.append("### ")
                .append(MarkdownText.code(diagnosis.model().file().toString()))
                .append("\n\n");
        out.append("| | rule | node | what to know | what to do | cost |\n|---|---|---|---|---|---|\n");
        int rows = 0;
        for (Finding f : findings) {
            if (rows == ROWS || out.length() > LONGEST) {
                break;
            }
            rows++;
            String cost = Amounts.cost(f.cost(), "");
            out.append(MarkdownText.cells(f))
                    .append(MarkdownText.plain(f.message()))
                    .append(" | ");
            out.append(MarkdownText.plain(f.remedy()))
                    .append(" | ")
                    .append(MarkdownText.plain(cost))
                    .append(" |\n");
        }
        if (rows < findings.size()) {
            out.append("\n").append(Amounts.count(findings.size() - rows, "finding"));
            out.append(" more: they are in the JSON, SARIF and HTML reports.\n");
        }
        out.append('\n');
    }
}
