package io.qdqlint.constraints;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Quantizers that share a scale, by the codes that they write: these have their name before and after a fix. */
final class SharedScales {
    private final List<Set<String>> groups = new ArrayList<>();
    private final Map<String, Set<String>> rules = new HashMap<>();

    /** The quantizers of these Q and DQ get one scale, because of the findings of a rule. */
    void share(List<Node> members, Set<String> because) {
        Set<String> joined = new LinkedHashSet<>();
        for (Node member : members) {
            String codes = codes(member);
            if (codes != null) {
                joined.add(codes);
                rules.computeIfAbsent(codes, q -> new TreeSet<>()).addAll(because);
            }
        }
        List<Set<String>> touched = groups.stream()
                .filter(group -> group.stream().anyMatch(joined::contains))
                .toList();
        touched.forEach(joined::addAll);
        groups.removeAll(touched);
        groups.add(joined);
    }

    List<Set<String>> groups() {
        return groups;
    }

    /** The group of the quantizer that writes the codes; it alone where it shares none. */
    Set<String> of(String codes) {
        return groups.stream().filter(g -> g.contains(codes)).findFirst().orElse(Set.of(codes));
    }

    /** The rules whose findings join the quantizer to others. */
    Set<String> rules(String codes) {
        return rules.getOrDefault(codes, Set.of());
    }

    /** What a Q writes or a DQ reads; null where that has no name. */
    static String codes(Node node) {
        boolean quantizes = node.opType().equals("QuantizeLinear");
        Value value = quantizes ? node.output(0) : node.input(0);
        return value == null ? null : value.name();
    }
}
