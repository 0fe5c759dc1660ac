package io.qdqlint.constraints;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes about the errors of a model: constraints alone do not make it build or compute right numbers. */
public final class BuildNotes {
    private BuildNotes() {}

    /** A note for each rule that has errors, with the nodes counted; none where no finding is an error. */
    public static List<String> of(List<Finding> findings) {
        Map<List<Object>, List<Finding>> groups = new LinkedHashMap<>();
        findings.stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .forEach(f -> groups.computeIfAbsent(List.of(f.ruleId(), f.cause()), k -> new ArrayList<>())
                        .add(f));
        return groups.values().stream().map(BuildNotes::note).toList();
    }

    private static String note(List<Finding> group) {
        Finding first = group.get(0);
        String more =
                group.size() == 1 ? "" : " (and " + (group.size() - 1) + " more such, which 'qdqlint check' lists)";
        return (first.ruleId() + " " + first.slug() + ": " + first.message() + more + "; " + first.remedy())
                .replace('"', '\'');
    }
}
