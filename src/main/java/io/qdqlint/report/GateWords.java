package io.qdqlint.report;

import io.qdqlint.gate.Judgement;
import java.util.StringJoiner;

/** The verdict of the gate on a model, in words. */
public final class GateWords {
    private GateWords() {}

    /** The findings that are not shown or do not count; empty where there are none. */
    public static String uncounted(Judgement gate) {
        StringJoiner out = new StringJoiner("; ");
        if (!gate.hidden().isEmpty()) {
            out.add(Tally.of(gate.hidden()).words() + " below --min-severity not shown");
        }
        if (!gate.known().isEmpty()) {
            out.add(Amounts.count(gate.known().size(), "old finding") + " in the baseline");
        }
        if (!gate.ignored().isEmpty()) {
            out.add(Amounts.count(gate.ignored().size(), "finding") + " ignored by the configuration");
        }
        return out.toString();
    }
}
