package io.qdqlint.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.drools.core.common.InternalFactHandle;
import org.kie.api.runtime.KieSession;

/** The facts after the rules have run: those inserted and those derived, findings among them. */
public final class Result {
    private final List<Object> facts;

    private Result(List<Object> facts) {
        this.facts = facts;
    }

    static Result of(KieSession session) {
        // The session keeps its facts by identity hash; their handles count up, which gives an order that repeats.
        InternalFactHandle[] handles = session.getFactHandles().toArray(new InternalFactHandle[0]);
        Arrays.sort(handles, Comparator.comparingLong(InternalFactHandle::getId));
        List<Object> facts = new ArrayList<>(handles.length);
        for (InternalFactHandle handle : handles) {
            facts.add(handle.getObject());
        }
        return new Result(facts);
    }

    /** All facts, in the order they were inserted. */
    public List<Object> all() {
        return List.copyOf(facts);
    }

    /** All facts of a type, in the order they were inserted. */
    public <T> List<T> all(Class<T> type) {
        List<T> matching = new ArrayList<>();
        for (Object fact : facts) {
            if (type.isInstance(fact)) {
                matching.add(type.cast(fact));
            }
        }
        return matching;
    }
}
