package io.qdqlint.rules.run;

import io.qdqlint.rules.RuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.AlphaIndex;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Declaration;
import org.drools.model.Index;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.SingleConstraint;
import org.drools.model.functions.Function1;
import org.drools.model.functions.Predicate1;

/**
 * The given facts and those that could be derived, and the conditions that they can meet. Of derived facts only the class is
 * known; the fields of given facts are tested.
 */
final class PossibleFacts {
    private final Map<Class<?>, List<Object>> given = new HashMap<>();
    private final Map<String, Boolean> matches = new HashMap<>();
    private final Map<String, Map<Function1<?, ?>, Map<Object, List<Object>>>> byText = new HashMap<>();
    private final Set<String> derivable = new HashSet<>();
    private boolean anythingDerivable;

    PossibleFacts(Iterable<?> given) {
        for (Object fact : given) {
            this.given.computeIfAbsent(fact.getClass(), c -> new ArrayList<>()).add(fact);
        }
    }

    /** Adds facts that could be derived, by the simple names of their classes; none stands for facts of any class. */
    void derivable(Set<String> classes) {
        derivable.addAll(classes);
        anythingDerivable |= classes.isEmpty();
    }

    /** Whether facts could meet the condition; true where that is not known. */
    boolean canMatch(Condition condition, Rule rule) {
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
        if (anythingDerivable
                || derivable.contains(type.getSimpleName())
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
        String scope = rule.getPackage() + ' ' + type.getName();
        StringBuilder key = new StringBuilder(scope);
        for (SingleConstraint test : tests) {
            key.append(' ').append(test.getExprId());
        }
        return matches.computeIfAbsent(key.toString(), k -> anyHolds(tests, candidates(scope, tests, facts)));
    }

    /** Those of the facts that have the text, such as an op type, that one of the tests looks for; all if none looks for one. */
    private List<Object> candidates(String scope, List<SingleConstraint> tests, List<Object> facts) {
        for (SingleConstraint test : tests) {
            if (test.getIndex() instanceof AlphaIndex<?, ?> index
                    && index.getConstraintType() == Index.ConstraintType.EQUAL
                    && index.getRightValue() instanceof String text) {
                return byText.computeIfAbsent(scope, s -> new HashMap<>())
                        .computeIfAbsent(index.getLeftOperandExtractor(), e -> group(e, facts))
                        .getOrDefault(text, List.of());
            }
        }
        return facts;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, List<Object>> group(Function1<?, ?> field, List<Object> facts) {
        Map<Object, List<Object>> groups = new HashMap<>();
        for (Object fact : facts) {
            groups.computeIfAbsent(value((Function1<Object, Object>) field, fact), v -> new ArrayList<>())
                    .add(fact);
        }
        return groups;
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

    /** Null also where another test of the pattern keeps Drools from asking, as there is nothing that could have the field. */
    private static Object value(Function1<Object, Object> field, Object fact) {
        try {
            return field.apply(fact);
        } catch (RuntimeException e) {
            return null;
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
            throw new RuleException("a condition of a rule fails for " + fact + ": " + e, e);
        }
    }
}
