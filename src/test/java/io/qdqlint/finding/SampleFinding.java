package io.qdqlint.finding;

import io.qdqlint.ir.Node;
import java.util.List;

/** Findings for tests. */
public final class SampleFinding {
    private SampleFinding() {}

    /** A finding of one node that removes no kernel and whose cause is not known. */
    public static Finding of(
            String ruleId,
            String slug,
            Severity severity,
            Node node,
            String message,
            String remedy,
            List<Place> places,
            Cost cost) {
        return new Finding(ruleId, slug, severity, node, message, remedy, places, cost, List.of(), Cause.NONE, 1);
    }
}
