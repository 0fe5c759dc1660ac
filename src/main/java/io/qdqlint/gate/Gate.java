package io.qdqlint.gate;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.KernelsOnce;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.Severity;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sorts findings into those that count, those that are known and those that are ignored, one model after the other. */
public final class Gate {
    private final LocalDate today;
    private final Path baselineFile;
    private final Map<Path, Baseline> baselines = new HashMap<>();
    private final Map<Ignore, Config> met = new LinkedHashMap<>();
    private final Set<Ignore> used = new HashSet<>();
    private final Set<String> expired = new LinkedHashSet<>();
    private final Map<Path, Integer> gone = new LinkedHashMap<>();

    /**
     * A gate.
     *
     * @param baseline file of known findings in place of those that configurations name; null to take these
     */
    public Gate(LocalDate today, Path baseline) {
        this.today = today;
        this.baselineFile = baseline;
    }

    /**
     * What a call requires.
     *
     * @param rules the findings that are selected
     * @param minimum the least severity that is shown
     * @param failOn the least severity that fails; null where none does
     */
    public record Selection(Predicate<Finding> rules, Severity minimum, Severity failOn) {}

    /** The findings to show, and the verdict on the model. */
    public record Outcome(Diagnosis shown, Judgement judgement) {}

    /**
     * Checks that each rule the configuration names is there.
     *
     * @throws ConfigException that names the first that is not
     */
    public static void checkRules(Config config, RuleCatalogue catalogue) {
        Set<String> selectors = new TreeSet<>(config.settings().select());
        selectors.addAll(config.settings().severity().keySet());
        config.settings().ignore().forEach(i -> selectors.add(i.rule()));
        for (String selector : selectors) {
            if (catalogue.rules().stream().noneMatch(r -> RuleSelector.matches(selector, r.id(), r.slug()))) {
                List<String> names = catalogue.rules().stream()
                        .flatMap(r -> Stream.of(r.id(), r.slug(), r.category()))
                        .toList();
                throw new ConfigException(config.file() + ": '" + selector + "' is no rule, prefix of an id or category"
                        + Suggestion.of(selector, names));
            }
        }
    }

    /**
     * Judges one model.
     *
     * @throws ConfigException where a baseline cannot be read
     */
    public Outcome judge(Diagnosis diagnosis, Config config, Selection selection) {
        Diagnosis all = with(diagnosis, severities(diagnosis.findings(), config.settings()));
        List<Finding> ignored = new ArrayList<>();
        List<Finding> selected = new ArrayList<>();
        List<Ignore> ignores = ignores(config, diagnosis.model().file());
        for (Finding f : all.findings()) {
            if (selection.rules().test(f)) {
                (isIgnored(f, ignores) ? ignored : selected).add(f);
            }
        }
        List<Finding> known = known(with(all, selected), all, config);
        List<Finding> counted = without(selected, known);
        List<Finding> shown = new ArrayList<>();
        List<Finding> hidden = new ArrayList<>();
        counted.forEach(f -> (f.severity().atLeast(selection.minimum()) ? shown : hidden).add(f));
        Severity failOn = selection.failOn();
        int failing = (int) counted.stream()
                .filter(f -> failOn != null && f.severity().atLeast(failOn))
                .count();
        List<String> breaches = config.budgets(diagnosis.model().file()).breaches(diagnosis.forecast());
        return new Outcome(
                with(all, KernelsOnce.of(shown, all.forecast())),
                new Judgement(failOn, failing, hidden, known, ignored, breaches));
    }

    /** The model's findings that are selected and not ignored, be they known or not. */
    public Diagnosis counted(Diagnosis diagnosis, Config config, Predicate<Finding> rules) {
        List<Ignore> ignores = ignores(config, diagnosis.model().file());
        List<Finding> counted = diagnosis.findings().stream()
                .filter(f -> rules.test(f) && !isIgnored(f, ignores))
                .toList();
        return with(diagnosis, KernelsOnce.of(counted, diagnosis.forecast()));
    }

    /**
     * Notes about ignores that have expired or that no finding needs, and about baselines with entries of resolved findings.
     *
     * @param complete whether all models were judged; otherwise another model may need an ignore that names none
     */
    public List<String> remarks(boolean complete) {
        List<String> out = new ArrayList<>(expired);
        met.forEach((ignore, config) -> {
            if (!used.contains(ignore) && (complete || ignore.model() != null)) {
                out.add(config.file() + ": ignores " + ignore.words() + ", which no longer occurs; remove the entry");
            }
        });
        gone.forEach((file, n) -> {
            if (n > 0) {
                out.add(file + ": " + n + (n == 1 ? " finding is" : " findings are")
                        + " gone; 'qdqlint baseline --prune' takes " + (n == 1 ? "it" : "them") + " out");
            }
        });
        return out;
    }

    private static List<Finding> severities(List<Finding> findings, Settings settings) {
        if (settings.severity().isEmpty()) {
            return findings;
        }
        return findings.stream()
                .map(f -> settings.severity().entrySet().stream()
                        .filter(s -> RuleSelector.matches(s.getKey(), f.ruleId(), f.slug()))
                        .max(Comparator.comparingInt(s -> s.getKey().length()))
                        .map(s -> f.withSeverity(s.getValue()))
                        .orElse(f))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private List<Ignore> ignores(Config config, Path model) {
        List<Ignore> out = new ArrayList<>();
        for (Ignore ignore : config.settings().ignore()) {
            if (!ignore.isAbout(config.relative(model))) {
                continue;
            }
            if (ignore.hasExpired(today)) {
                expired.add(config.file() + ": ignored " + ignore.words() + " until " + ignore.until()
                        + "; such findings count again");
            } else {
                met.put(ignore, config);
                out.add(ignore);
            }
        }
        return out;
    }

    private boolean isIgnored(Finding finding, List<Ignore> ignores) {
        boolean ignored = false;
        for (Ignore ignore : ignores) {
            if (ignore.isAbout(finding)) {
                used.add(ignore);
                ignored = true;
            }
        }
        return ignored;
    }

    private List<Finding> known(Diagnosis selected, Diagnosis all, Config config) {
        Path file = baselineFile != null ? baselineFile : config.baseline();
        if (file == null) {
            return List.of();
        }
        Baseline baseline = baselines.computeIfAbsent(file, Baseline::read);
        gone.merge(file, baseline.gone(all), Integer::sum);
        Set<Finding> known = same(baseline.known(all));
        return selected.findings().stream().filter(known::contains).toList();
    }

    private static List<Finding> without(List<Finding> all, List<Finding> some) {
        Set<Finding> left = same(some);
        return all.stream().filter(f -> !left.contains(f)).toList();
    }

    private static Set<Finding> same(List<Finding> findings) {
        Set<Finding> out = Collections.newSetFromMap(new IdentityHashMap<>());
        out.addAll(findings);
        return out;
    }

    private static Diagnosis with(Diagnosis d, List<Finding> findings) {
        return new Diagnosis(d.model(), d.tensorrt(), findings, d.forecast());
    }
}
