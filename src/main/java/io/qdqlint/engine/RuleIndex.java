package io.qdqlint.engine;

import io.qdqlint.finding.RuleInfo;
import io.qdqlint.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The lint rules of a compiled rule set, as resources: {@code rules/index.tsv} and a page {@code rules/<ID>.md} each. */
final class RuleIndex {
    private static final String INDEX = "rules/index.tsv";

    private RuleIndex() {}

    /**
     * Reads the metadata of each lint rule from its DRL, which {@link RuleChecks} has found in order.
     *
     * @throws RuleException if a file has no rule
     */
    static List<RuleInfo> of(Path root, List<RuleSource> sources) {
        List<RuleInfo> rules = new ArrayList<>();
        for (RuleSource source : sources) {
            if (source.isLint()) {
                rules.add(info(root.resolve(source.file()), source));
            }
        }
        return rules;
    }

    private static RuleInfo info(Path file, RuleSource source) {
        RuleSource.LintFolder folder = source.folder();
        Map<String, String> metadata = WrittenRule.of(source).stream()
                .findFirst()
                .orElseThrow(() ->
                        new RuleException(file + ": has no rule named \"" + folder.id() + " " + folder.slug() + "\""))
                .metadata();
        return new RuleInfo(
                folder.id(),
                folder.slug(),
                folder.category(),
                severity(file.toString(), metadata.get("severity")),
                metadata.get("fix"),
                metadata.get("since"),
                source.page());
    }

    /** Severity by its word, such as {@code warning}. */
    static Severity severity(String where, String word) {
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(word)) {
                return severity;
            }
        }
        throw new RuleException(where + ": severity \"" + word + "\" is none of error, warning, note");
    }

    /** The index and the pages as resources by path. */
    static Map<String, byte[]> write(List<RuleInfo> rules) {
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
