package io.qdqlint.rules.run;

import io.qdqlint.fact.Target;
import io.qdqlint.rules.Versions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.drools.model.AccumulatePattern;
import org.drools.model.Binding;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;
import org.drools.model.functions.accumulate.AccumulateFunction;
import org.drools.model.patterns.EvalImpl;

/**
 * What follows from facts by the rules, found without Drools: all rules are tried on all facts, again and again,
 * until nothing new comes. What a rule asks not to be, or counts, is looked up in a result that is taken for granted.
 *
 * <p>A result from which itself follows in this way is a stable model of the rules; they are stratified along the graph, so
 * there is one only.
 */
final class Derivation {
    private final Map<Class<?>, Set<Object>> known = new HashMap<>();
    private final Map<Class<?>, List<Object>> granted;
    private final Set<Object> derived = new LinkedHashSet<>();
    private final Map<Asked, Candidates> candidates = new HashMap<>();

    private Derivation(Iterable<?> given, Iterable<?> result) {
        given.forEach(this::know);
        granted = byClass(result);
    }

    /**
     * The facts that follow.
     *
     * @param rules what they follow by; those that do not hold for the target are passed over
     * @param given the facts that they follow from
     * @param result what conditions that are not monotonic are held against
     */
    static Set<Object> of(Collection<Rule> rules, Iterable<?> given, Iterable<?> result, Target target) {
        Derivation derivation = new Derivation(given, result);
        List<Rule> holding =
                rules.stream().filter(r -> Versions.of(r).contains(target)).toList();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Rule rule : holding) {
                for (Object fact : derivation.conclusions(rule)) {
                    if (derivation.derived.add(fact)) {
                        derivation.know(fact);
                        grown = true;
                    }
                }
            }
        }
        return derivation.derived;
    }

    private void know(Object fact) {
        known.computeIfAbsent(fact.getClass(), c -> new LinkedHashSet<>()).add(fact);
    }

    private static Map<Class<?>, List<Object>> byClass(Iterable<?> facts) {
        Map<Class<?>, List<Object>> byClass = new HashMap<>();
        facts.forEach(f ->
                byClass.computeIfAbsent(f.getClass(), c -> new ArrayList<>()).add(f));
        return byClass;
    }

    private List<Object> conclusions(Rule rule) {
        List<Object> conclusions = new ArrayList<>();
        match(
                List.of((Condition) rule.getView()),
                new HashMap<>(),
                false,
                match -> conclusions.addAll(Conclusion.of(rule, match)));
        return conclusions;
    }

    /** Finds all matches of the conditions in turn. */
    private void match(
            List<Condition> conditions,
            Map<Variable<?>, Object> bound,
            boolean fromResult,
            Consumer<Map<Variable<?>, Object>> found) {
        if (conditions.isEmpty()) {
            found.accept(bound);
            return;
        }
        Condition condition = conditions.get(0);
        List<Condition> rest = conditions.subList(1, conditions.size());
        switch (condition.getType()) {
            case PATTERN -> {
                for (Object fact : candidates((Pattern<?>) condition, fromResult)) {
                    Map<Variable<?>, Object> now = meets((Pattern<?>) condition, fact, bound);
                    if (now != null) {
                        match(rest, now, fromResult, found);
                    }
                }
            }
            case EVAL -> {
                if (holds(((EvalImpl) condition).getExpr(), bound)) {
                    match(rest, bound, fromResult, found);
                }
            }
            case AND ->
                match(
                        Stream.concat(condition.getSubConditions().stream(), rest.stream())
                                .toList(),
                        bound,
                        fromResult,
                        found);
            case OR -> {
                for (Condition either : condition.getSubConditions()) {
                    match(Stream.concat(Stream.of(either), rest.stream()).toList(), bound, fromResult, found);
                }
            }
            case EXISTS -> {
                if (any(condition, bound, fromResult)) {
                    match(rest, bound, fromResult, found);
                }
            }
            case NOT -> {
                if (!any(condition, bound, true)) {
                    match(rest, bound, fromResult, found);
                }
            }
            case ACCUMULATE -> match(rest, accumulate((AccumulatePattern<?>) condition, bound), fromResult, found);
            case CONSEQUENCE -> match(rest, bound, fromResult, found);
            default -> throw new IllegalArgumentException("condition " + condition.getType());
        }
    }

    private boolean any(Condition of, Map<Variable<?>, Object> bound, boolean fromResult) {
        List<Object> matches = new ArrayList<>();
        match(of.getSubConditions(), bound, fromResult, matches::add);
        return !matches.isEmpty();
    }

    /** The facts that meet what the pattern asks of a fact by itself. */
    private Collection<Object> candidates(Pattern<?> pattern, boolean fromResult) {
        Class<?> type = pattern.getPatternVariable().getType();
        Collection<Object> facts =
                fromResult ? granted.getOrDefault(type, List.of()) : known.getOrDefault(type, Set.of());
        Candidates before = candidates.get(new Asked(pattern, fromResult));
        if (before == null || before.of() != facts.size()) {
            Map<Variable<?>, Object> alone = new HashMap<>();
            List<Object> meeting = new ArrayList<>();
            for (Object fact : facts) {
                alone.put(pattern.getPatternVariable(), fact);
                if (holdsAsFarAsBound(pattern.getConstraint(), alone)) {
                    meeting.add(fact);
                }
            }
            before = new Candidates(meeting, facts.size());
            candidates.put(new Asked(pattern, fromResult), before);
        }
        return before.facts();
    }

    private record Asked(Pattern<?> pattern, boolean fromResult) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Asked a && a.pattern == pattern && a.fromResult == fromResult;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(pattern);
        }
    }

    /** @param of of how many facts these are the ones */
    private record Candidates(List<Object> facts, int of) {}

    /** What is bound when the fact meets the pattern; null if it does not. */
    private static Map<Variable<?>, Object> meets(Pattern<?> pattern, Object fact, Map<Variable<?>, Object> bound) {
        Map<Variable<?>, Object> now = new HashMap<>(bound);
        now.put(pattern.getPatternVariable(), fact);
        // Bindings may need what constraints before them ask for.
        if (!holdsAsFarAsBound(pattern.getConstraint(), now)) {
            return null;
        }
        for (Binding binding : pattern.getBindings()) {
            now.put(
                    binding.getBoundVariable(),
                    binding.eval(
                            Stream.of(binding.getInputVariables()).map(now::get).toArray()));
        }
        return holds(pattern.getConstraint(), now) ? now : null;
    }

    private static boolean holdsAsFarAsBound(Constraint constraint, Map<Variable<?>, Object> bound) {
        if (constraint instanceof SingleConstraint single) {
            return !bound.keySet().containsAll(Set.of(single.getVariables())) || holds(single, bound);
        }
        return constraint.getType() != Constraint.Type.AND
                || constraint.getChildren().stream().allMatch(c -> holdsAsFarAsBound(c, bound));
    }

    private static boolean holds(Constraint constraint, Map<Variable<?>, Object> bound) {
        if (constraint instanceof SingleConstraint single) {
            try {
                return single.getPredicate()
                        .test(Stream.of(single.getVariables()).map(bound::get).toArray());
            } catch (Exception e) {
                throw new IllegalStateException("constraint " + single, e);
            }
        }
        Stream<Constraint> children = constraint.getChildren().stream();
        return constraint.getType() == Constraint.Type.OR
                ? children.anyMatch(c -> holds(c, bound))
                : children.allMatch(c -> holds(c, bound));
    }

    private Map<Variable<?>, Object> accumulate(AccumulatePattern<?> pattern, Map<Variable<?>, Object> bound) {
        // One match for each combination of facts, as Drools has it.
        Set<Map<Variable<?>, Object>> matches = new HashSet<>();
        match(List.of(pattern.getCondition()), bound, true, matches::add);
        Map<Variable<?>, Object> now = new HashMap<>(bound);
        for (AccumulateFunction function : pattern.getAccumulateFunctions()) {
            now.put(
                    function.getResult(),
                    total(
                            (org.kie.api.runtime.rule.AccumulateFunction<?>) function.createFunctionObject(),
                            matches.stream()
                                    .map(m -> m.get(function.getSource()))
                                    .toList()));
        }
        return now;
    }

    private static <C extends Serializable> Object total(
            org.kie.api.runtime.rule.AccumulateFunction<C> function, List<Object> values) {
        try {
            C context = function.initContext(function.createContext());
            values.forEach(v -> function.accumulate(context, v));
            return function.getResult(context);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
