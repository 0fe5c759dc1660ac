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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lint rules of a compiled rule set, as resources: {@code rules/index.tsv} and a page {@code rules/<ID>.md} each. */
final class RuleIndex {
    private static final String INDEX = "rules/index.tsv";
    private static final Pattern NAME = Pattern.compile("(?m)^rule\\s+\"(\\S+) ([^\\s\":]+)[^\"]*\"");

    private RuleIndex() {}

    /**
     * Reads the metadata of each lint rule from its DRL.
     *
     * @throws RuleException if a rule's name does not repeat its folder's, or it lacks metadata
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
        Matcher name = NAME.matcher(source.text());
        int rules = 0;
        while (name.find()) {
            rules++;
            if (!name.group(1).equals(folder.id()) || !name.group(2).equals(folder.slug())) {
                throw new RuleException(file + ": rule \"" + name.group(1) + " " + name.group(2)
                        + "\" should be named \"" + folder.id() + " " + folder.slug() + "\" as its folder is");
            }
        }
        if (rules == 0) {
            throw new RuleException(file + ": has no rule named \"" + folder.id() + " " + folder.slug() + "\"");
        }
        return new RuleInfo(
                folder.id(),
                folder.slug(),
                folder.category(),
                severity(file.toString(), metadata(file, source, "severity")),
                metadata(file, source, "fix"),
                metadata(file, source, "since"),
                source.page());
    }

    private static String metadata(Path file, RuleSource source, String key) {
        Matcher value =
                Pattern.compile("@" + key + "\\(\\s*\"([^\"]*)\"\\s*\\)").matcher(source.text());
        if (!value.find()) {
            throw new RuleException(file + ": the rule has no @" + key + "(\"...\")");
        }
        return value.group(1);
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
