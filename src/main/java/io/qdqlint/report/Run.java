package io.qdqlint.report;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.gate.Judgement;
import java.util.List;
import java.util.function.Supplier;

/**
 * The results of one call of qdqlint, for all its models.
 *
 * @param diagnoses in the order the models were named
 * @param unreadable files that are no models, in the order they were named
 * @param catalogue the rules; used only where there are findings, and by the formats that show rule pages
 * @param version version of qdqlint
 * @param judgements what the gate makes of each diagnosis, in order; empty where there is no gate
 * @param remarks what is to be said of the configuration and the baseline, a sentence each
 */
public record Run(
        List<Diagnosis> diagnoses,
        List<Unreadable> unreadable,
        Supplier<RuleCatalogue> catalogue,
        String version,
        ReportOptions options,
        List<Judgement> judgements,
        List<String> remarks) {

    /** A run of a command that has no gate. */
    public Run(
            List<Diagnosis> diagnoses,
            List<Unreadable> unreadable,
            Supplier<RuleCatalogue> catalogue,
            String version,
            ReportOptions options) {
        this(diagnoses, unreadable, catalogue, version, options, List.of(), List.of());
    }

    /** The same run with other options of the report. */
    public Run with(ReportOptions others) {
        return new Run(diagnoses, unreadable, catalogue, version, others, judgements, remarks);
    }

    /** The verdict of the gate on the model; {@link Judgement#NONE} where there is no gate. */
    public Judgement judgement(Diagnosis diagnosis) {
        for (int i = 0; i < judgements.size(); i++) {
            if (diagnoses.get(i) == diagnosis) {
                return judgements.get(i);
            }
        }
        return Judgement.NONE;
    }

    /** The model's findings that can be fixed. */
    public FixOffer fixes(Diagnosis diagnosis) {
        return diagnosis.findings().isEmpty()
                ? new FixOffer(0, 0, Cost.NONE, diagnosis.model().file().toString())
                : FixOffer.of(diagnosis, catalogue.get());
    }

    /** The same run with these models only. */
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
