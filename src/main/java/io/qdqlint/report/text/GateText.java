package io.qdqlint.report.text;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Severity;
import io.qdqlint.gate.Judgement;
import io.qdqlint.report.GateWords;
import io.qdqlint.report.Printable;

/** The verdict of the gate on a model, as text. */
record GateText(Ansi ansi) {
    /** The text in place of counts, where no finding is shown. */
    String none(Judgement gate) {
        if (gate.hidden().isEmpty() && gate.known().isEmpty() && gate.ignored().isEmpty()) {
            return ansi.good("no findings");
        }
        String first = gate.hidden().isEmpty() ? ansi.good("no new findings") : "no findings shown";
        return first + " (" + GateWords.uncounted(gate) + ")";
    }

    /** A line on the findings that are not shown, or do not count. */
    void uncounted(StringBuilder out, Judgement gate) {
        String others = GateWords.uncounted(gate);
        if (!others.isEmpty()) {
            out.append("  ").append(ansi.dim(others)).append('\n');
        }
    }

    /** A line for each budget that the model exceeds. */
    void breaches(StringBuilder out, Diagnosis diagnosis, Judgement gate) {
        for (String breach : gate.breaches()) {
            out.append(ansi.severity(Severity.ERROR, "over budget:")).append(' ');
            out.append(Printable.line(diagnosis.model().file().toString())).append(": ");
            out.append(Printable.line(breach, 500)).append('\n');
        }
    }
}
