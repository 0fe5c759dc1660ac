package io.qdqlint.report.ci;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
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
    private static final int SENTENCE = 600;

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
        text.append(cost.isEmpty() ? "" : "; " + plain(cost)).append("\n\n");
        models(text, run);
        for (Run.Unreadable file : run.unreadable()) {
            text.append("- **could not be read:** ").append(code(file.file())).append(": ");
            text.append(plain(file.message())).append('\n');
        }
        text.append(run.unreadable().isEmpty() ? "" : "\n");
        for (Diagnosis diagnosis : run.diagnoses()) {
            if (!diagnosis.findings().isEmpty() && text.length() < LONGEST) {
                findings(text, diagnosis);
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void models(StringBuilder out, Run run) {
        if (run.diagnoses().isEmpty()) {
            return;
        }
        out.append("| model | TensorRT | errors | warnings | notes | avoidable kernels | their time |\n");
        out.append("|---|---|--:|--:|--:|--:|--:|\n");
        for (Diagnosis diagnosis : run.diagnoses()) {
            Tally t = Tally.of(diagnosis.findings());
            out.append("| ").append(code(diagnosis.model().file().toString())).append(" | ");
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
        out.append("### ").append(code(diagnosis.model().file().toString())).append("\n\n");
        out.append("| | rule | node | what to know | what to do | cost |\n|---|---|---|---|---|---|\n");
        int rows = 0;
        for (Finding f : findings) {
            if (rows == ROWS || out.length() > LONGEST) {
                break;
            }
            rows++;
            String cost = Amounts.cost(f.cost(), "");
            out.append("| ")
                    .append(f.severity().word())
                    .append(" | ")
                    .append(f.ruleId())
                    .append(' ')
                    .append(f.slug());
            out.append(" | ")
                    .append(code(f.node().name()))
                    .append(f.count() > 1 ? " and " + (f.count() - 1) + " more" : "")
                    .append(" | ")
                    .append(plain(f.message()))
                    .append(" | ");
            out.append(plain(f.remedy())).append(" | ").append(plain(cost)).append(" |\n");
        }
        if (rows < findings.size()) {
            out.append("\n").append(Amounts.count(findings.size() - rows, "finding"));
            out.append(" more: they are in the JSON, SARIF and HTML reports.\n");
        }
        out.append('\n');
    }

    /** As code; a name that would end the code span, or the table's cell, loses the character that does it. */
    private static String code(String s) {
        return "`" + Printable.line(s, SENTENCE).replace('`', '\'').replace("|", "\\|") + "`";
    }

    private static String plain(String s) {
        StringBuilder out = new StringBuilder();
        for (char c : Printable.line(s, SENTENCE).toCharArray()) {
            if ("\\`*_{}[]()<>#|~!&$@".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
