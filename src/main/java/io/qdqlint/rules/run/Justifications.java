package io.qdqlint.rules.run;

import io.qdqlint.forecast.Explanation.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.util.LinkedList;
import org.drools.tms.LogicalDependency;
import org.drools.tms.SimpleMode;
import org.drools.tms.TruthMaintenanceSystemEqualityKey;
import org.drools.tms.beliefsystem.BeliefSet;
import org.kie.api.definition.rule.Rule;

/** Which rules derived a fact: Drools' truth maintenance keeps it for as long as a session lives. */
final class Justifications {
    /** The metadata that hold evidence, and the words before each. */
    private static final Map<String, String> EVIDENCE = new LinkedHashMap<>();

    static {
        EVIDENCE.put("models", "engines 10.6: ");
        EVIDENCE.put("graphs", "minimal graphs ");
        EVIDENCE.put("log", "log ");
        EVIDENCE.put("docs", "");
        EVIDENCE.put("source", "");
    }

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
        return new Statement(rule.getName(), metadata(rule, "versions"), evidence(rule));
    }

    /** How the statement is known. The graphs and models are fixtures, with their engines of TensorRT 10.6. */
    private static String evidence(Rule rule) {
        return EVIDENCE.entrySet().stream()
                .map(e -> Map.entry(e.getValue(), metadata(rule, e.getKey())))
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> e.getKey() + e.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The executable model keeps the quotes of a metadata value. */
    private static String metadata(Rule rule, String key) {
        Object value = rule.getMetaData().get(key);
        return value == null ? "" : value.toString().replaceAll("^\"|\"$", "");
    }
}
