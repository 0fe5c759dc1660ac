package io.qdqlint.fact;

/** Which nodes of a model have to run before which. */
public final class Schedule {
    private final DataFlow flow;

    Schedule(DataFlow flow) {
        this.flow = flow;
    }

    /** The values and nodes in the order in which they are computed. */
    public DataFlow flow() {
        return flow;
    }
}
