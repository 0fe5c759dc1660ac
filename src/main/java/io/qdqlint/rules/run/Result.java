package io.qdqlint.rules.run;

import io.qdqlint.forecast.Explanation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.drools.core.common.InternalFactHandle;
import org.kie.api.runtime.KieSession;

/** The facts after the rules have run: those inserted and those derived, findings among them. */
public final class Result {
    private final List<Object> facts;

    /** For types that no other extends, as records are: a run looks up a dozen of them. */
    private final Map<Class<?>, List<Object>> byClass = new HashMap<>();

    private final Map<Object, List<Explanation.Statement>> statements;

    private Result(List<Object> facts, Map<Object, List<Explanation.Statement>> statements) {
        this.facts = facts;
        this.statements = statements;
        for (Object fact : facts) {
            byClass.computeIfAbsent(fact.getClass(), c -> new ArrayList<>()).add(fact);
        }
    }

    /** @param explained whether to keep which rules derived each fact */
    static Result of(KieSession session, boolean explained) {
        InternalFactHandle[] handles = session.getFactHandles().toArray(new InternalFactHandle[0]);
        List<Object> facts = new ArrayList<>(handles.length);
        Map<Object, List<Explanation.Statement>> statements = new IdentityHashMap<>();
        for (InternalFactHandle handle : byId(handles)) {
            if (handle != null) {
                facts.add(handle.getObject());
                if (explained) {
                    statements.put(handle.getObject(), Justifications.of(handle));
                }
            }
        }
        return new Result(facts, statements);
    }

    /**
     * Each at the index that is its id. The session keeps its facts by identity hash; their handles count up, which gives an
     * order that repeats, and hardly any is missing, so that there is nothing to sort.
     */
    private static InternalFactHandle[] byId(InternalFactHandle[] handles) {
        int last = 0;
        for (InternalFactHandle handle : handles) {
            last = Math.max(last, Math.toIntExact(handle.getId()));
        }
        InternalFactHandle[] byId = new InternalFactHandle[last + 1];
        for (InternalFactHandle handle : handles) {
            byId[Math.toIntExact(handle.getId())] = handle;
        }
        return byId;
    }

    /** The statements that the fact follows from; none for a fact that was given, and where that was not kept. */
    public List<Explanation.Statement> because(Object fact) {
        return statements.getOrDefault(fact, List.of());
    }

    /** All facts, in the order they were inserted. */
    public List<Object> all() {
        return List.copyOf(facts);
    }

    /** All facts of a type, in the order they were inserted. */
    public <T> List<T> all(Class<T> type) {
        List<T> matching = new ArrayList<>();
        for (Object fact : Modifier.isFinal(type.getModifiers()) ? byClass.getOrDefault(type, List.of()) : facts) {
            if (type.isInstance(fact)) {
                matching.add(type.cast(fact));
            }
        }
        return matching;
    }
}
