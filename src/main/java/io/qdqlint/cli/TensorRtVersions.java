package io.qdqlint.cli;

import io.qdqlint.fact.Target;
import io.qdqlint.rules.run.KnownVersions;
import io.qdqlint.rules.run.KnownVersions.Known;
import io.qdqlint.rules.run.RuleRunner;
import java.util.ArrayList;
import java.util.List;

/** What {@code --tensorrt help} prints: the versions, and what an answer for each rests on. */
final class TensorRtVersions {
    private static final int WIDTH = 100;
    private static final String ROW = "%-14s %-12s %s";

    private TensorRtVersions() {}

    static List<String> lines() {
        RuleRunner rules = RuleRunner.load(List.of());
        List<String> out = new ArrayList<>();
        out.add(String.format(ROW, "TensorRT", "of " + rules.statements().size(), ""));
        out.add(String.format(ROW, "version", "statements", "an answer rests on"));
        for (Known known : KnownVersions.all()) {
            List<String> parts = wrap(
                    known.evidence(), WIDTH - String.format(ROW, "", "", "").length());
            out.add(String.format(ROW, known.name(), statements(rules, known), parts.get(0)));
            parts.stream().skip(1).forEach(part -> out.add(String.format(ROW, "", "", part)));
        }
        out.add("");
        out.add("'10' and '10.x' mean " + Target.DEFAULT + ", '8' means 8.6, '11' means 11.0.");
        return out;
    }

    /** How many hold for the first and the last version. */
    private static String statements(RuleRunner rules, Known known) {
        int first = rules.holding(known.from());
        int last = rules.holding(Target.parse(known.to()));
        return first == last ? "" + first : Math.min(first, last) + " to " + Math.max(first, last);
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() >= width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
