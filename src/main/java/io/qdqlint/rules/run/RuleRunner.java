package io.qdqlint.rules.run;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.forecast.Basis;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleSet;
import io.qdqlint.rules.Rules;
import io.qdqlint.rules.Versions;
import io.qdqlint.rules.compile.UserRules;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.drools.model.Rule;
import org.drools.modelcompiler.constraints.ConstraintEvaluationException;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/**
 * Runs the concepts and lint rules over facts. The rules are loaded on a thread of their own, as that takes a quarter of a
 * short run and the model can be read meanwhile.
 */
public final class RuleRunner {
    private static final AtomicReference<RuleRunner> PRELOADED = new AtomicReference<>();

    /** Enough for the rounds of a fix and for models that are much alike; each takes about a megabyte. */
    private static final int KEPT_NETWORKS = 8;

    private final List<RuleSet> sets;
    private final FutureTask<Rules> rules;
    /** Those that no run is using, the last used last: two runs at once in one network disturb each other. */
    private final Deque<Built> free = new ArrayDeque<>();

    private record Built(Set<String> key, KieBase network) {}

    private RuleRunner(List<RuleSet> sets) {
        this.sets = sets;
        rules = new FutureTask<>(() -> Rules.load(sets));
    }

    private RuleRunner(List<RuleSet> sets, Rules loaded) {
        this.sets = sets;
        rules = new FutureTask<>(() -> loaded);
    }

    private RuleRunner start() {
        Thread thread = new Thread(rules, "rules");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Begins to load the built-in rules, for a program that has something else to do before it calls {@link #load}. */
    public static void preload() {
        PRELOADED.compareAndSet(null, new RuleRunner(sets(List.of())).start());
    }

    /** The built-in rules, and those of the user's rules folders, which are compiled when they are new. */
    public static RuleRunner load(List<Path> userRules) {
        RuleRunner preloaded = PRELOADED.get();
        return preloaded != null && userRules.isEmpty() ? preloaded : new RuleRunner(sets(userRules)).start();
    }

    /** Exactly the given compiled rules. */
    public static RuleRunner of(RuleSet... sets) {
        return new RuleRunner(List.of(sets)).start();
    }

    private static List<RuleSet> sets(List<Path> userRules) {
        List<RuleSet> sets = new ArrayList<>(List.of(RuleSet.builtIn()));
        sets.addAll(UserRules.loadAll(userRules));
        return sets;
    }

    /** What the rules say of themselves, sorted by id. Builds no network. */
    public static RuleCatalogue catalogue(List<Path> userRules) {
        return catalogueOf(sets(userRules));
    }

    /** What the rules of this runner say of themselves, sorted by id. */
    public RuleCatalogue catalogue() {
        return catalogueOf(sets);
    }

    private static RuleCatalogue catalogueOf(List<RuleSet> sets) {
        return new RuleCatalogue(sets.stream()
                .flatMap(set -> set.rules().stream())
                .sorted(Comparator.comparing(RuleInfo::id))
                .toList());
    }

    /**
     * Inserts the facts, fires until nothing is left to fire, and returns all facts there are then. Statements that do not
     * hold for the target's version do not fire.
     */
    public Result run(Iterable<?> facts, Target target) {
        return run(facts, target, Set.of());
    }

    /**
     * As {@link #run(Iterable, Target)}, for a caller who will look only at the needed kinds of facts: what no needed fact
     * follows from is not derived.
     */
    public Result run(Iterable<?> facts, Target target, Set<Class<?>> needed) {
        return run(facts, target, needed, false);
    }

    /**
     * As {@link #run(Iterable, Target, Set)}.
     *
     * @param explained whether the result is to know which statements each fact follows from
     */
    public Result run(Iterable<?> facts, Target target, Set<Class<?>> needed, boolean explained) {
        Built built = take(RuleSelection.select(rules(), facts, target, needed));
        KieSession session = built.network().newKieSession();
        try {
            for (Object fact : facts) {
                session.insert(fact);
            }
            session.fireAllRules();
            return Result.of(session, explained);
        } catch (ConsequenceException e) {
            throw failure(e);
        } catch (ConstraintEvaluationException e) {
            throw sets.size() > 1 ? new RuleException(e.getMessage() + ": " + e.getCause(), e) : e;
        } finally {
            session.dispose();
            giveBack(built);
        }
    }

    /** A rule of the user's own is for the user to correct, a built-in one for us. */
    private RuntimeException failure(ConsequenceException e) {
        String rule = "rule \"" + e.getMatch().getRule().getName() + "\" fails: " + e.getCause();
        boolean own = sets.get(0).packages().contains(e.getMatch().getRule().getPackageName());
        return own ? new IllegalStateException(rule, e.getCause()) : new RuleException(rule, e);
    }

    /** These rules but for some statements about TensorRT: what they are worth. */
    public RuleRunner without(Set<String> statements) {
        return new RuleRunner(sets, rules().without(statements)).start();
    }

    /** The statements about TensorRT. */
    public List<Rule> statements() {
        return rules().models().stream()
                .flatMap(m -> m.getRules().stream())
                .filter(r -> r.getPackage().equals("qdqlint.tensorrt"))
                .toList();
    }

    /** How many statements about TensorRT hold for the version. */
    public int holding(Target target) {
        return (int) statements().stream()
                .filter(r -> Versions.of(r).contains(target))
                .count();
    }

    /** What a forecast for the version rests on. */
    public Basis basis(Target target) {
        int statements = statements().size();
        if (statements == 0) {
            return Basis.NONE;
        }
        KnownVersions.Known known = KnownVersions.of(target);
        return new Basis(
                target.toString(),
                statements,
                holding(target),
                known.checked() && !target.stronglyTyped(),
                known.evidence(),
                target.stronglyTyped(),
                "");
    }

    private Built take(RuleSelection.Selected selected) {
        synchronized (free) {
            for (Iterator<Built> each = free.descendingIterator(); each.hasNext(); ) {
                Built built = each.next();
                if (built.key().equals(selected.key())) {
                    each.remove();
                    return built;
                }
            }
            return new Built(selected.key(), Network.of(selected.models()));
        }
    }

    private void giveBack(Built built) {
        synchronized (free) {
            free.addLast(built);
            if (free.size() > KEPT_NETWORKS) {
                free.removeFirst();
            }
        }
    }

    private Rules rules() {
        try {
            return rules.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error fatal) {
                throw fatal;
            }
            String message = e.getCause() instanceof RuleException known
                    ? known.getMessage()
                    : e.getCause().toString();
            throw new RuleException("the rules cannot be loaded: " + message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuleException("loading the rules was interrupted", e);
        }
    }
}
