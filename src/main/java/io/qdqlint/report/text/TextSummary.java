package io.qdqlint.report.text;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import io.qdqlint.ir.Graph;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.Run;
import io.qdqlint.report.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of the text report: each model's rules with their counts, files that could not be read, the total. */
final class TextSummary {
    private final Ansi ansi;
    private final ReportOptions options;

    TextSummary(Ansi ansi, ReportOptions options) {
        this.ansi = ansi;
        this.options = options;
    }

    void print(StringBuilder out, Run run) {
        switch (options.detail()) {
            case QUIET -> {
                run.diagnoses().forEach(d -> new GateText(ansi).breaches(out, d, run.judgement(d)));
                unreadable(out, run);
            }
            case STATISTICS -> {
                statistics(out, run);
                run.diagnoses().forEach(d -> new GateText(ansi).breaches(out, d, run.judgement(d)));
                unreadable(out, run);
            }
            case FULL -> full(out, run);
        }
    }

    private void statistics(StringBuilder out, Run run) {
        List<Finding> all = new ArrayList<>();
        run.diagnoses().forEach(d -> all.addAll(d.findings()));
        rules(out, all, "");
        out.append(ansi.bold(Amounts.count(run.diagnoses().size(), "model") + ": " + line(Tally.of(all))))
                .append('\n');
    }

    private void unreadable(StringBuilder out, Run run) {
        for (Run.Unreadable file : run.unreadable()) {
            out.append(ansi.severity(Severity.ERROR, "unreadable:")).append(' ').append(Printable.line(file.file()));
            out.append(": ").append(Printable.line(file.message(), 500)).append('\n');
        }
    }

    private void full(StringBuilder out, Run run) {
        List<Finding> all = new ArrayList<>();
        int hidden = 0;
        for (Diagnosis diagnosis : run.diagnoses()) {
            model(out, diagnosis, run);
            all.addAll(diagnosis.findings());
            for (List<Finding> ofRule : Tally.byRule(diagnosis.findings()).values()) {
                hidden += Math.max(0, ofRule.size() - options.excerpts());
            }
        }
        unreadable(out, run);
        if (run.diagnoses().size() + run.unreadable().size() > 1) {
            Tally tally = Tally.of(all);
            out.append(ansi.bold(Amounts.count(run.diagnoses().size(), "model") + ": " + line(tally)));
            if (!run.unreadable().isEmpty()) {
                out.append(ansi.bold("; " + Amounts.count(run.unreadable().size(), "file") + " could not be read"));
            }
            out.append('\n');
        }
        if (hidden > 0) {
            out.append(
                    ansi.dim(Amounts.count(hidden, "finding") + " shown without excerpt; -f html=FILE shows them all"));
            out.append('\n');
        }
        Tally.byRule(all).keySet().stream()
                .findFirst()
                .ifPresent(id -> out.append(ansi.dim("to read about a rule: qdqlint rules " + id))
                        .append('\n'));
    }

    private void model(StringBuilder out, Diagnosis diagnosis, Run run) {
        GateText gate = new GateText(ansi);
        Tally tally = Tally.of(diagnosis.findings());
        String file = Printable.line(diagnosis.model().file().toString());
        if (tally.total() == 0) {
            out.append(ansi.bold(file + ":"))
                    .append(' ')
                    .append(gate.none(run.judgement(diagnosis)))
                    .append(quantizes(diagnosis.model().graph()) ? "" : "; it has no Q or DQ")
                    .append('\n');
            gate.breaches(out, diagnosis, run.judgement(diagnosis));
            return;
        }
        out.append(ansi.bold(file + ": " + line(tally))).append('\n');
        rules(out, diagnosis.findings(), "  ");
        String shapes = diagnosis.forecast().basis().shapes();
        if (!shapes.isEmpty() && !Amounts.cost(tally.cost(), "").isEmpty()) {
            String line =
                    "  sizes and times are for --shapes=" + Printable.line(shapes, 500) + "; give others with --shapes";
            out.append(ansi.dim(line)).append('\n');
        }
        gate.uncounted(out, run.judgement(diagnosis));
        gate.breaches(out, diagnosis, run.judgement(diagnosis));
        FixOffer fixes = run.fixes(diagnosis);
        if (!fixes.isEmpty()) {
            out.append("  ").append(fixes.sentence()).append(":\n");
            out.append("    ").append(ansi.bold(fixes.command())).append('\n');
        }
    }

    /** A line for each rule that found something. */
    private void rules(StringBuilder out, List<Finding> all, String indent) {
        Map<String, List<Finding>> byRule = Tally.byRule(all);
        int widest = byRule.values().stream()
                .mapToInt(f -> f.get(0).slug().length())
                .max()
                .orElse(0);
        byRule.forEach((id, findings) -> {
            Finding first = findings.get(0);
            Tally ofRule = Tally.of(findings);
            String cost = Amounts.cost(ofRule.cost(), "");
            out.append(indent)
                    .append(ansi.severity(first.severity(), id))
                    .append("  ")
                    .append(first.slug());
            out.append(" ".repeat(widest - first.slug().length() + 2)).append(ofRule.words());
            int nodes = findings.stream().mapToInt(Finding::count).sum();
            out.append(nodes > findings.size() ? " at " + Amounts.count(nodes, "node") : "");
            out.append(cost.isEmpty() ? "" : "; " + cost).append('\n');
        });
    }

    private static boolean quantizes(Graph graph) {
        return graph.nodes().stream()
                        .anyMatch(n -> QuantizerText.isQuantizer(n)
                                || n.opType().startsWith("TRT_") && n.opType().contains("uantize"))
                || graph.subgraphs().stream().anyMatch(TextSummary::quantizes);
    }

    private String line(Tally tally) {
        String cost = Amounts.cost(tally.cost(), options.device());
        return tally.words() + (cost.isEmpty() ? "" : "; " + cost);
    }
}
