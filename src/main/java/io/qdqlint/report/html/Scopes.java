package io.qdqlint.report.html;

import io.qdqlint.finding.Finding;
import io.qdqlint.report.Printable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Groups findings by the part of the model they are in, which exporters put into the first components of a name. */
final class Scopes {
    /** With fewer groups than this, the groups do not show where the findings are. */
    private static final int FEW = 4;

    private static final int DEEPEST = 3;
    private static final int NAME = 80;

    private Scopes() {}

    /** Indexes into {@code findings} by scope, scopes and findings in node order. */
    static Map<String, List<Integer>> of(List<Finding> findings) {
        int depth = 1;
        while (depth < DEEPEST && names(findings, depth).size() < FEW) {
            depth++;
        }
        int chosen = depth;
        List<Integer> order = IntStream.range(0, findings.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> findings.get(i).node().index()))
                .toList();
        return order.stream()
                .collect(Collectors.groupingBy(
                        i -> scope(findings.get(i).node().name(), chosen), LinkedHashMap::new, Collectors.toList()));
    }

    private static Set<String> names(List<Finding> findings, int depth) {
        return findings.stream().map(f -> scope(f.node().name(), depth)).collect(Collectors.toSet());
    }

    private static String scope(String name, int depth) {
        int end = 0;
        for (int i = 0; i < depth; i++) {
            int slash = name.indexOf('/', end + 1);
            if (slash < 0) {
                break;
            }
            end = slash;
        }
        return Printable.line(end == 0 ? name : name.substring(0, end), NAME);
    }
}
