package io.qdqlint.engine;

import io.qdqlint.fact.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Declaration;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.SingleConstraint;
import org.drools.model.impl.ModelImpl;

/**
 * The rules that can matter for some facts. A rule is left out if it does not hold for the target, if one of its positive
 * patterns can match no fact, neither given nor derived, or if nothing that is wanted follows from what it derives. It would
 * derive nothing that is looked at; in Drools' network it would still take time to build and keep a tuple for each fact that
 * any of its patterns matches.
 */
final class RuleSelection {
    private final RuleOutputs outputs;
    private final Map<Class<?>, List<Object>> given = new HashMap<>();
    private final Map<String, Boolean> matches = new HashMap<>();
    private final Set<String> possible = new HashSet<>();
    private boolean anythingPossible;

    private RuleSelection(Iterable<?> facts, RuleOutputs outputs) {
        this.outputs = outputs;
        for (Object fact : facts) {
            given.computeIfAbsent(fact.getClass(), c -> new ArrayList<>()).add(fact);
        }
    }

    /**
     * Names of the rules that matter, package included.
     *
     * @param wanted classes of the facts that will be looked at; empty for all
     */
    static Set<String> of(
            List<Model> models, RuleOutputs outputs, Iterable<?> facts, Target target, Set<Class<?>> wanted) {
        List<Rule> rules = new ArrayList<>();
        for (Model model : models) {
            for (Rule rule : model.getRules()) {
                if (Versions.of(rule.getName(), rule.getMetaData()).contains(target)) {
                    rules.add(rule);
                }
            }
        }
        List<Rule> kept = new RuleSelection(facts, outputs).able(rules);
        if (!wanted.isEmpty()) {
            kept = useful(kept, outputs, wanted);
        }
        return kept.stream().map(RuleSelection::name).collect(Collectors.toSet());
    }

    /** The models with the named rules only. */
    static List<Model> restrict(List<Model> models, Set<String> names) {
        List<Model> restricted = new ArrayList<>();
        for (Model model : models) {
            ModelImpl part = new ModelImpl(model.getName());
            part.withGlobals(model.getGlobals()).withQueries(model.getQueries());
            model.getTypeMetaDatas().forEach(part::addTypeMetaData);
            model.getRules().stream().filter(r -> names.contains(name(r))).forEach(part::addRule);
            restricted.add(part);
        }
        return restricted;
    }

    private static String name(Rule rule) {
        return rule.getPackage() + "/" + rule.getName();
    }

    // ---- rules that can fire ------------------------------------------------------------------------------------------

    private List<Rule> able(List<Rule> rules) {
        Set<Rule> able = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Rule rule : rules) {
                if (!able.contains(rule) && canMatch((Condition) rule.getView(), rule.getPackage())) {
                    able.add(rule);
                    Set<String> classes = outputs.of(rule.getName());
                    possible.addAll(classes);
                    anythingPossible |= classes.isEmpty();
                    grown = true;
                }
            }
        }
        return rules.stream().filter(able::contains).toList();
    }

    private boolean canMatch(Condition condition, String scope) {
        return switch (condition.getType()) {
            case PATTERN -> canMatch((Pattern<?>) condition, scope);
            case AND, EXISTS -> condition.getSubConditions().stream().allMatch(c -> canMatch(c, scope));
            case OR -> condition.getSubConditions().stream().anyMatch(c -> canMatch(c, scope));
            default -> true;
        };
    }

    /** @param scope package of the rule, in which the names of functions mean something */
    private boolean canMatch(Pattern<?> pattern, String scope) {
        Class<?> type = pattern.getPatternVariable().getType();
        if (anythingPossible
                || possible.contains(type.getSimpleName())
                || !type.isRecord() && !given.containsKey(type)
                || pattern.getPatternVariable() instanceof Declaration<?> d && d.getSource() != null) {
            return true;
        }
        List<Object> facts = given.getOrDefault(type, List.of());
        return matches.computeIfAbsent(
                scope + ' ' + type.getName() + key(pattern.getConstraint()),
                k -> facts.stream().anyMatch(f -> holds(pattern.getConstraint(), pattern, f)));
    }

    private static String key(Constraint constraint) {
        return constraint instanceof SingleConstraint single
                ? ' ' + single.getExprId()
                : constraint.getType()
                        + constraint.getChildren().stream()
                                .map(RuleSelection::key)
                                .collect(Collectors.joining());
    }

    /** Whether the fact satisfies what the pattern asks of it alone. */
    private static boolean holds(Constraint constraint, Pattern<?> pattern, Object fact) {
        return switch (constraint.getType()) {
            case SINGLE -> holds((SingleConstraint) constraint, pattern, fact);
            case OR -> constraint.getChildren().stream().anyMatch(c -> holds(c, pattern, fact));
            default -> constraint.getChildren().stream().allMatch(c -> holds(c, pattern, fact));
        };
    }

    private static boolean holds(SingleConstraint constraint, Pattern<?> pattern, Object fact) {
        if (constraint.getVariables().length != 1 || constraint.getVariables()[0] != pattern.getPatternVariable()) {
            return true;
        }
        try {
            return constraint.getPredicate().test(fact);
        } catch (Exception e) {
            throw new RuleException(constraint.getExprId() + " fails for " + fact, e);
        }
    }

    // ---- rules from which something wanted follows ----------------------------------------------------------------------

    private static List<Rule> useful(List<Rule> rules, RuleOutputs outputs, Set<Class<?>> wanted) {
        Set<String> needed = wanted.stream().map(Class::getSimpleName).collect(Collectors.toCollection(HashSet::new));
        Set<Rule> useful = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Rule rule : rules) {
                Set<String> classes = outputs.of(rule.getName());
                if (!useful.contains(rule) && (classes.isEmpty() || classes.stream().anyMatch(needed::contains))) {
                    useful.add(rule);
                    grown |= addClasses((Condition) rule.getView(), needed);
                }
            }
        }
        return rules.stream().filter(useful::contains).toList();
    }

    private static boolean addClasses(Condition condition, Collection<String> classes) {
        if (condition instanceof AccumulatePattern<?> accumulate) {
            return addClasses(accumulate.getCondition(), classes);
        }
        boolean added = condition instanceof Pattern<?> p
                && classes.add(p.getPatternVariable().getType().getSimpleName());
        for (Condition sub : condition.getSubConditions()) {
            added |= addClasses(sub, classes);
        }
        return added;
    }
}
