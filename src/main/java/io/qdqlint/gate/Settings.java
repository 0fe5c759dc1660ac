package io.qdqlint.gate;

import io.qdqlint.finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of a {@code .qdqlint.yml}; null where it has none.
 *
 * @param tensorrt TensorRT version, as {@code --tensorrt} takes it
 * @param stronglyTyped whether engines are strongly typed, as {@code --strongly-typed} says
 * @param dla whether the models run on a DLA, as {@code --dla} says
 * @param device GPU, as {@code --device} takes it
 * @param failOn error, warning, note or never
 * @param select ids, prefixes, slugs or categories of the only rules to report
 * @param severity by id, prefix, slug or category of a rule, the severity its findings are to have
 * @param ignore findings that do not count
 * @param budgets limits for each model
 * @param baseline file of known findings, as from the configuration's folder
 * @param exclude patterns of files and folders that are not checked
 * @param models what holds for some models only; of two that are about a model the later one counts
 */
public record Settings(
        String tensorrt,
        Boolean stronglyTyped,
        Boolean dla,
        String device,
        String failOn,
        List<String> select,
        Map<String, Severity> severity,
        List<Ignore> ignore,
        Budgets budgets,
        String baseline,
        List<String> exclude,
        List<ForModels> models) {
    static final Settings NONE = new Settings(null, null, null, null, null, null, null, null, null, null, null, null);

    public Settings {
        if (failOn != null && !List.of("error", "warning", "note", "never").contains(failOn.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("fail-on must be error, warning, note or never, not '" + failOn + "'");
        }
        select = select == null ? List.of() : List.copyOf(select);
        severity = severity == null ? Map.of() : Map.copyOf(severity);
        ignore = ignore == null ? List.of() : List.copyOf(ignore);
        budgets = budgets == null ? Budgets.NONE : budgets;
        exclude = exclude == null ? List.of() : List.copyOf(exclude);
        models = models == null ? List.of() : List.copyOf(models);
    }

    /**
     * What holds for the models that a pattern matches.
     *
     * @param match pattern of files, as from the configuration's folder
     * @param shapes shapes of inputs, as {@code --shapes} takes them
     */
    public record ForModels(
            String match,
            String tensorrt,
            Boolean stronglyTyped,
            Boolean dla,
            String device,
            String shapes,
            Budgets budgets) {
        public ForModels {
            if (match == null) {
                throw new IllegalArgumentException("an entry of models needs 'match', a pattern of model files");
            }
            budgets = budgets == null ? Budgets.NONE : budgets;
        }
    }
}
