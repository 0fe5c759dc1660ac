package io.qdqlint.lint;

import io.qdqlint.finding.Cause;
import io.qdqlint.resource.Texts;
import io.qdqlint.rules.RuleException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which setting of which exporter a cause is: {@code exporters.tsv}. */
final class ExporterSettings {
    private static final int COLUMNS = 4;

    private final Map<String, String> settings = new HashMap<>();

    private ExporterSettings() {}

    static ExporterSettings load() {
        ExporterSettings out = new ExporterSettings();
        Texts.of("exporters.tsv")
                .lines()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(l -> l.split("\t"))
                .forEach(out::add);
        return out;
    }

    private void add(String[] row) {
        if (row.length != COLUMNS || settings.put(key(row[0], row[1]), row[2]) != null) {
            throw new RuleException("exporters.tsv: '" + String.join(" ", row)
                    + "' is not a line of exporter, cause, setting and source," + " or occurs twice");
        }
    }

    /** The setting in a sentence. */
    Optional<String> of(String exporter, Cause cause) {
        return Optional.ofNullable(settings.get(key(exporter, cause.id()))).map(s -> "in " + exporter + ": " + s);
    }

    private static String key(String exporter, String cause) {
        return exporter + "\t" + cause;
    }
}
