package io.qdqlint.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.drools.model.Model;
import org.drools.model.impl.ModelImpl;

/**
 * The rules of some rule sets, loaded.
 *
 * @param models as Drools builds a network of them
 * @param outputs what each can derive
 * @param strata the order in which they fire
 */
public record Rules(List<Model> models, RuleOutputs outputs, Strata strata) {

    /** @throws RuleException if there is no order for the rules of the sets together */
    public static Rules load(List<RuleSet> sets) {
        List<Model> models = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        for (RuleSet set : sets) {
            models.addAll(set.models());
            resources.add(set.outputs());
        }
        RuleOutputs outputs = RuleOutputs.read(resources);
        Strata strata = sets.size() == 1 ? sets.get(0).strata() : strata(models, outputs);
        return new Rules(models, outputs, strata);
    }

    /** All but the named rules, in the same order. */
    public Rules without(Set<String> names) {
        List<Model> rest = new ArrayList<>();
        for (Model model : models) {
            ModelImpl part = new ModelImpl(model.getName());
            part.withGlobals(model.getGlobals()).withQueries(model.getQueries());
            model.getTypeMetaDatas().forEach(part::addTypeMetaData);
            model.getRules().stream().filter(r -> !names.contains(r.getName())).forEach(part::addRule);
            rest.add(part);
        }
        return new Rules(rest, outputs, strata);
    }

    /** Finds the order of the rules, which takes some milliseconds. */
    public static Strata strata(List<Model> models, RuleOutputs outputs) {
        return Strata.of(models.stream().flatMap(m -> m.getRules().stream()).toList(), outputs);
    }
}
