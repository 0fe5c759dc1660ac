package io.qdqlint.engine;

import io.qdqlint.fact.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Consequence;
import org.drools.model.Constraint;
import org.drools.model.Declaration;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.SingleConstraint;
import org.drools.model.View;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;
import org.drools.model.patterns.CompositePatterns;

/**
 * The rules that can matter for some facts. A rule is left out if it does not hold for the target, if one of its positive
 * patterns can match no fact, neither given nor derived, or if nothing that is wanted follows from what it derives; a
 * {@code not} that holds anyway is left out of its rule. All of that would change no result, but in Drools' network it
 * would take time to build, and keep a tuple for each fact that any of its patterns matches.
 */
final class RuleSelection {
    private final List<Rule> rules = new ArrayList<>();
    private final RuleOutputs outputs;
    private final Map<Class<?>, List<Object>> given = new HashMap<>();
    private final Map<String, Boolean> matches = new HashMap<>();
    private final Set<String> possible = new HashSet<>();
    private boolean anythingPossible;

    private RuleSelection(List<Model> models, RuleOutputs outputs, Iterable<?> facts, Target target) {
        this.outputs = outputs;
        for (Model model : models) {
            for (Rule rule : model.getRules()) {
                if (Versions.of(rule).contains(target)) {
                    rules.add(rule);
                }
            }
        }
        for (Object fact : facts) {
            given.computeIfAbsent(fact.getClass(), c -> new ArrayList<>()).add(fact);
        }
    }

    /**
     * The models, reduced to what matters.
     *
     * @param wanted classes of the facts that will be looked at; empty for all
     */
    static Selected select(
            List<Model> models, RuleOutputs outputs, Iterable<?> facts, Target target, Set<Class<?>> wanted) {
        RuleSelection selection = new RuleSelection(models, outputs, facts, target);
        selection.keepAble();
        if (!wanted.isEmpty()) {
            selection.keepUseful(wanted);
        }
        Set<String> key = new HashSet<>();
        Map<Rule, Rule> kept = new HashMap<>();
        for (Rule rule : selection.rules) {
            List<Condition> conditions = selection.open(rule);
            key.add(rule.getPackage() + '/' + rule.getName() + '/' + conditions.size());
            kept.put(rule, new Reduced(rule, new CompositePatterns(Condition.Type.AND, conditions)));
        }
        List<Model> reduced = new ArrayList<>();
        for (Model model : models) {
            ModelImpl part = new ModelImpl(model.getName());
            part.withGlobals(model.getGlobals()).withQueries(model.getQueries());
            model.getTypeMetaDatas().forEach(part::addTypeMetaData);
            for (Rule rule : model.getRules()) {
                if (kept.containsKey(rule)) {
                    part.addRule(kept.get(rule));
                }
            }
            reduced.add(part);
        }
        return new Selected(key, reduced);
    }

    /** @param key equal for equal selections from the same models */
    record Selected(Set<String> key, List<Model> models) {}

    // ---- rules that can fire
    // ------------------------------------------------------------------------------------------

    private void keepAble() {
        Set<Rule> able = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Rule rule : rules) {
                if (!able.contains(rule) && canMatch(condition(rule), rule)) {
                    able.add(rule);
                    Set<String> classes = outputs.of(rule.getName());
                    possible.addAll(classes);
                    anythingPossible |= classes.isEmpty();
                    grown = true;
                }
            }
        }
        rules.retainAll(able);
    }

    private static Condition condition(Rule rule) {
        return (Condition) rule.getView();
    }

    private boolean canMatch(Condition condition, Rule rule) {
        switch (condition.getType()) {
            case PATTERN:
                return canMatch((Pattern<?>) condition, rule);
            case AND, EXISTS:
                for (Condition sub : condition.getSubConditions()) {
                    if (!canMatch(sub, rule)) {
                        return false;
                    }
                }
                return true;
            case OR:
                for (Condition sub : condition.getSubConditions()) {
                    if (canMatch(sub, rule)) {
                        return true;
                    }
                }
                return false;
            default:
                return true;
        }
    }

    private boolean canMatch(Pattern<?> pattern, Rule rule) {
        Class<?> type = pattern.getPatternVariable().getType();
        if (anythingPossible
                || possible.contains(type.getSimpleName())
                || !type.isRecord() && !given.containsKey(type)
                || pattern.getPatternVariable() instanceof Declaration<?> d && d.getSource() != null) {
            return true;
        }
        List<Object> facts = given.get(type);
        if (facts == null) {
            return false;
        }
        List<SingleConstraint> tests = new ArrayList<>();
        addTests(pattern.getConstraint(), pattern, tests);
        // An expression means the same within a package only, where functions have the same names.
        StringBuilder key = new StringBuilder(rule.getPackage()).append(' ').append(type.getName());
        for (SingleConstraint test : tests) {
            key.append(' ').append(test.getExprId());
        }
        return matches.computeIfAbsent(key.toString(), k -> anyHolds(tests, facts));
    }

    /** Adds what the pattern asks of a fact alone; what it asks by {@code or} is not looked at. */
    private static void addTests(Constraint constraint, Pattern<?> pattern, List<SingleConstraint> tests) {
        if (constraint instanceof SingleConstraint single) {
            if (single.getVariables().length == 1 && single.getVariables()[0] == pattern.getPatternVariable()) {
                tests.add(single);
            }
        } else if (constraint.getType() != Constraint.Type.OR) {
            for (Constraint child : constraint.getChildren()) {
                addTests(child, pattern, tests);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static boolean anyHolds(List<SingleConstraint> tests, List<Object> facts) {
        Predicate1<Object>[] predicates = new Predicate1[tests.size()];
        for (int i = 0; i < predicates.length; i++) {
            predicates[i] = tests.get(i).getPredicate1();
        }
        for (Object fact : facts) {
            if (allHold(predicates, fact)) {
                return true;
            }
        }
        return false;
    }

    private static boolean allHold(Predicate1<Object>[] predicates, Object fact) {
        try {
            for (Predicate1<Object> predicate : predicates) {
                if (!predicate.test(fact)) {
                    return false;
                }
            }
            return true;
        } catch (Exception e) {
            throw new RuleException("a condition fails for " + fact, e);
        }
    }

    // ---- rules from which something wanted follows
    // ----------------------------------------------------------------------

    private void keepUseful(Set<Class<?>> wanted) {
        Set<String> needed = new HashSet<>();
        wanted.forEach(c -> needed.add(c.getSimpleName()));
        Set<Rule> useful = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Rule rule : rules) {
                if (!useful.contains(rule) && names(rule, needed)) {
                    useful.add(rule);
                    grown |= addClasses(condition(rule), needed);
                }
            }
        }
        rules.retainAll(useful);
    }

    private boolean names(Rule rule, Set<String> needed) {
        Set<String> classes = outputs.of(rule.getName());
        for (String name : classes) {
            if (needed.contains(name)) {
                return true;
            }
        }
        return classes.isEmpty();
    }

    private static boolean addClasses(Condition condition, Set<String> classes) {
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

    // ---- conditions that are open
    // ----------------------------------------------------------------------------------------

    /** The rule's conditions without those that hold whatever is derived. */
    private List<Condition> open(Rule rule) {
        List<Condition> open = new ArrayList<>();
        for (Condition condition : condition(rule).getSubConditions()) {
            boolean holds = condition.getType() == Condition.Type.NOT
                    && !canMatch(condition.getSubConditions().get(0), rule);
            if (!holds || open.isEmpty()) {
                open.add(condition);
            }
        }
        return open;
    }

    /** A rule with fewer conditions. */
    private record Reduced(Rule rule, View view) implements Rule {
        @Override
        public View getView() {
            return view;
        }

        @Override
        public Consequence getDefaultConsequence() {
            return rule.getDefaultConsequence();
        }

        @Override
        public Map<String, Consequence> getConsequences() {
            return rule.getConsequences();
        }

        @Override
        public <T> T getAttribute(Rule.Attribute<T> attribute) {
            return rule.getAttribute(attribute);
        }

        @Override
        public Map<String, Object> getMetaData() {
            return rule.getMetaData();
        }

        @Override
        public Object getMetaData(String key) {
            return rule.getMetaData(key);
        }

        @Override
        public String getUnit() {
            return rule.getUnit();
        }

        @Override
        public String getPackage() {
            return rule.getPackage();
        }

        @Override
        public String getName() {
            return rule.getName();
        }
    }
}
