package io.qdqlint.rules.run;

import io.qdqlint.fact.Target;
import io.qdqlint.rules.RuleOutputs;
import io.qdqlint.rules.Rules;
import io.qdqlint.rules.Versions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.impl.ModelImpl;
import org.drools.model.patterns.CompositePatterns;

/**
 * The rules that can matter for some facts. A rule is left out if it does not hold for the target, if one of its positive
 * patterns can match no fact, neither given nor derived, or if nothing that is needed follows from what it derives; a
 * {@code not} that holds anyway is left out of its rule. All of that would change no result, but in Drools' network it
 * would take time to build, and keep a tuple for each fact that any of its patterns matches.
 */
final class RuleSelection {
    private final List<Rule> rules = new ArrayList<>();
    private final RuleOutputs outputs;
    private final PossibleFacts facts;

    private RuleSelection(Rules all, Iterable<?> facts, Target target) {
        this.outputs = all.outputs();
        this.facts = new PossibleFacts(facts);
        for (Model model : all.models()) {
            for (Rule rule : model.getRules()) {
                if (Versions.of(rule).contains(target)) {
                    rules.add(rule);
                }
            }
        }
    }

    /**
     * The rules, reduced to what matters.
     *
     * @param needed classes of the facts that the caller reads; empty for all
     */
    static Selected select(Rules all, Iterable<?> facts, Target target, Set<Class<?>> needed) {
        RuleSelection selection = new RuleSelection(all, facts, target);
        selection.keepAble();
        if (!needed.isEmpty()) {
            selection.keepUseful(needed);
        }
        Set<String> key = new HashSet<>();
        Map<Rule, Rule> kept = new HashMap<>();
        for (Rule rule : selection.rules) {
            List<Condition> whole = condition(rule).getSubConditions();
            BitSet open = selection.open(rule, whole);
            List<Condition> conditions = open.stream().mapToObj(whole::get).toList();
            key.add(rule.getPackage() + '/' + rule.getName() + '/' + open);
            kept.put(
                    rule,
                    new ReducedRule(
                            rule,
                            new CompositePatterns(Condition.Type.AND, conditions),
                            all.strata().of(rule)));
        }
        List<Model> reduced = new ArrayList<>();
        for (Model model : all.models()) {
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

    /** Keeps the rules that can fire. */
    private void keepAble() {
        Set<Rule> able = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Rule rule : rules) {
                if (!able.contains(rule) && facts.canMatch(condition(rule), rule)) {
                    able.add(rule);
                    facts.derivable(outputs.of(rule.getName()));
                    grown = true;
                }
            }
        }
        rules.retainAll(able);
    }

    /** Keeps the rules from which something needed follows. */
    private void keepUseful(Set<Class<?>> classes) {
        Set<String> needed = new HashSet<>();
        classes.forEach(c -> needed.add(c.getSimpleName()));
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

    /** Which of the rule's conditions do not hold whatever is derived. */
    private BitSet open(Rule rule, List<Condition> conditions) {
        BitSet open = new BitSet();
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            boolean holds = condition.getType() == Condition.Type.NOT
                    && !facts.canMatch(condition.getSubConditions().get(0), rule);
            if (!holds || open.isEmpty()) {
                open.set(i);
            }
        }
        return open;
    }

    private static Condition condition(Rule rule) {
        return (Condition) rule.getView();
    }
}
