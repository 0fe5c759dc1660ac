package io.qdqlint.report;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The findings that {@code qdqlint fix} can fix.
 *
 * @param findings how many
 * @param safe how many of them without {@code --unsafe}
 * @param cost what they cost together
 * @param file the model
 */
public record FixOffer(int findings, int safe, Cost cost, String file) {
    private static final String PLAIN = "[A-Za-z0-9_./@%+=:,-]+";

    /** Of the findings that are shown of a model. */
    public static FixOffer of(Diagnosis diagnosis, RuleCatalogue catalogue) {
        int all = 0;
        int safe = 0;
        Cost cost = Cost.NONE;
        for (Finding f : diagnosis.findings()) {
            String fix = kind(f.ruleId(), catalogue);
            all += fix.equals("none") ? 0 : 1;
            safe += fix.equals("safe") ? 1 : 0;
            cost = fix.equals("none") ? cost : cost.plus(f.cost());
        }
        return new FixOffer(all, safe, cost, diagnosis.model().file().toString());
    }

    /** {@code none}, {@code safe} or {@code unsafe}. */
    public static String kind(String ruleId, RuleCatalogue catalogue) {
        return catalogue.rule(ruleId).map(RuleInfo::fix).orElse("none");
    }

    /** Arguments of {@code qdqlint} that fix a rule's findings in a file, but for where to write; empty where there is no fix. */
    public static List<String> arguments(String ruleId, RuleCatalogue catalogue, String file) {
        return switch (kind(ruleId, catalogue)) {
            case "safe" -> List.of("fix", "--select", ruleId, file);
            case "unsafe" -> List.of("fix", "--select", ruleId, "--unsafe", file);
            default -> List.of();
        };
    }

    public boolean isEmpty() {
        return findings == 0;
    }

    /** {@code 12 findings can be fixed, 3 of them exactly (est. 449 µs)}. */
    public String sentence() {
        String exact = safe == 0 ? "" : safe == findings ? ", exactly" : ", " + safe + " of them exactly";
        String time = cost.micros() > 0 ? " (" + Amounts.micros(cost.micros()) + ")" : "";
        return Amounts.count(findings, "finding") + " can be fixed" + exact + time;
    }

    /** The command, to copy. */
    public String command() {
        List<String> words = new ArrayList<>(List.of("qdqlint", "fix"));
        if (safe < findings) {
            words.add("--unsafe");
        }
        words.add(file);
        words.add("-o");
        words.add("FIXED.onnx");
        return words.stream().map(FixOffer::quoted).collect(Collectors.joining(" "));
    }

    /** A word of a command as a POSIX shell takes it. */
    public static String quoted(String word) {
        String shown = Printable.line(word, 1000);
        return shown.matches(PLAIN) ? shown : "'" + shown.replace("'", "'\\''") + "'";
    }
}
