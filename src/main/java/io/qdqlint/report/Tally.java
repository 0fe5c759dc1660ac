package io.qdqlint.report;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Findings counted.
 *
 * @param cost of all of them; a finding without cost adds nothing
 */
public record Tally(int errors, int warnings, int notes, Cost cost) {

    public static Tally of(List<Finding> findings) {
        int[] n = new int[Severity.values().length];
        Cost cost = Cost.NONE;
        for (Finding f : findings) {
            n[f.severity().ordinal()]++;
            cost = cost.plus(f.cost());
        }
        return new Tally(n[0], n[1], n[2], cost);
    }

    /** A tally for each rule that found something, in the order of the findings. */
    public static Map<String, List<Finding>> byRule(List<Finding> findings) {
        Map<String, List<Finding>> out = new LinkedHashMap<>();
        findings.forEach(
                f -> out.computeIfAbsent(f.ruleId(), id -> new ArrayList<>()).add(f));
        return out;
    }

    public int total() {
        return errors + warnings + notes;
    }

    /** {@code 3 errors, 12 warnings}; {@code no findings} when there are none. */
    public String words() {
        StringJoiner out = new StringJoiner(", ");
        if (errors > 0) {
            out.add(Amounts.count(errors, "error"));
        }
        if (warnings > 0) {
            out.add(Amounts.count(warnings, "warning"));
        }
        if (notes > 0) {
            out.add(Amounts.count(notes, "note"));
        }
        return total() == 0 ? "no findings" : out.toString();
    }
}
