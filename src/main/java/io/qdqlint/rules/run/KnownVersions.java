package io.qdqlint.rules.run;

import io.qdqlint.fact.Target;
import io.qdqlint.resource.Texts;
import io.qdqlint.rules.RuleException;
import java.util.List;

/** What an answer for each version of TensorRT rests on: {@code versions.tsv}. */
public final class KnownVersions {
    private static final int COLUMNS = 4;

    private KnownVersions() {}

    /**
     * Some versions in a row.
     *
     * @param from the first
     * @param to the last, as it is written: {@code 8.5}, {@code 11.x}
     * @param checked whether engines of these versions checked the statements
     * @param evidence what an answer rests on, as the end of a sentence
     */
    public record Known(Target from, String to, boolean checked, String evidence) {
        /** Such as {@code 8.4 to 8.5}, or {@code 8.6}. */
        public String name() {
            return to.equals(from.toString()) ? to : from + " to " + to;
        }
    }

    /** All, the oldest first. */
    public static List<Known> all() {
        return Texts.of("versions.tsv")
                .lines()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(l -> known(l.split("\t")))
                .toList();
    }

    private static Known known(String[] row) {
        if (row.length != COLUMNS) {
            throw new RuleException(
                    "versions.tsv: '" + String.join(" ", row) + "' is no line of from, to, engines, evidence");
        }
        return new Known(Target.parse(row[0]), row[1], row[2].equals("yes"), row[3]);
    }

    /** Those that the version belongs to. */
    static Known of(Target target) {
        Known last = null;
        for (Known known : all()) {
            if (last == null
                    || target.atLeast(known.from().major(), known.from().minor())) {
                last = known;
            }
        }
        return last;
    }
}
