package io.qdqlint.rules;

import io.qdqlint.finding.RuleInfo;
import io.qdqlint.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The lint rules of a compiled rule set, as resources: {@code rules/index.tsv} and a page {@code rules/<ID>.md} each. */
public final class RuleIndex {
    private static final String INDEX = "rules/index.tsv";

    private RuleIndex() {}

    /**
     * Severity by its word, such as {@code warning}.
     *
     * @param where what has it, for the message
     * @throws RuleException if there is no such severity
     */
    public static Severity severity(String where, String word) {
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(word)) {
                return severity;
            }
        }
        throw new RuleException(where + ": severity \"" + word + "\" must be error, warning or note");
    }

    /** The index and the pages as resources by path. */
    public static Map<String, byte[]> write(List<RuleInfo> rules) {
        Map<String, byte[]> output = new TreeMap<>();
        StringBuilder index = new StringBuilder();
        for (RuleInfo r : rules) {
            index.append(String.join(
                            "\t", r.id(), r.slug(), r.category(), r.severity().word(), r.fix(), r.since()))
                    .append('\n');
            output.put(page(r.id()), r.page().getBytes(StandardCharsets.UTF_8));
        }
        output.put(INDEX, index.toString().getBytes(StandardCharsets.UTF_8));
        return output;
    }

    /** The rules of the set whose resources {@code text} reads, pages included. */
    static List<RuleInfo> read(UnaryOperator<String> text) {
        List<RuleInfo> rules = new ArrayList<>();
        for (String line : text.apply(INDEX).lines().toList()) {
            String[] f = line.split("\t", -1);
            rules.add(new RuleInfo(f[0], f[1], f[2], severity(INDEX, f[3]), f[4], f[5], text.apply(page(f[0]))));
        }
        return rules;
    }

    private static String page(String id) {
        return "rules/" + id + ".md";
    }
}
