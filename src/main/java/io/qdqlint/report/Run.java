package io.qdqlint.report;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.RuleCatalogue;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one call of qdqlint found, over all its models.
 *
 * @param diagnoses in the order the models were named
 * @param unreadable files that are no models, in the order they were named
 * @param catalogue the rules; asked for only by the formats that show rule pages
 * @param version version of qdqlint
 */
public record Run(
        List<Diagnosis> diagnoses,
        List<Unreadable> unreadable,
        Supplier<RuleCatalogue> catalogue,
        String version,
        ReportOptions options) {

    /** The same about these models alone. */
    public Run of(List<Diagnosis> some) {
        return new Run(some, List.of(), catalogue, version, options);
    }

    /**
     * A file that could not be read as a model.
     *
     * @param file as the user named it
     * @param message one sentence: what is wrong with it
     */
    public record Unreadable(String file, String message) {}
}
