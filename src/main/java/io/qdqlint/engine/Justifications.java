package io.qdqlint.engine;

import io.qdqlint.forecast.Explanation.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.util.LinkedList;
import org.drools.tms.LogicalDependency;
import org.drools.tms.SimpleMode;
import org.drools.tms.TruthMaintenanceSystemEqualityKey;
import org.drools.tms.beliefsystem.BeliefSet;
import org.kie.api.definition.rule.Rule;

/** Which rules derived a fact: Drools' truth maintenance keeps it for as long as a session lives. */
final class Justifications {
    private Justifications() {}

    static List<Statement> of(InternalFactHandle handle) {
        Set<Statement> out = new LinkedHashSet<>();
        if (handle.getEqualityKey() instanceof TruthMaintenanceSystemEqualityKey key && key.getBeliefSet() != null) {
            BeliefSet<?> beliefs = key.getBeliefSet();
            if (beliefs instanceof LinkedList<?> list) {
                for (Object mode = list.getFirst(); mode instanceof SimpleMode m; mode = m.getNext()) {
                    LogicalDependency<?> dependency = m.getObject();
                    out.add(statement(dependency.getJustifier().getRule()));
                }
            }
        }
        return new ArrayList<>(out);
    }

    private static Statement statement(Rule rule) {
        return new Statement(rule.getName(), metadata(rule, "versions"), metadata(rule, "source"));
    }

    /** The executable model keeps the quotes of a metadata value. */
    private static String metadata(Rule rule, String key) {
        Object value = rule.getMetaData().get(key);
        return value == null ? "" : value.toString().replaceAll("^\"|\"$", "");
    }
}
