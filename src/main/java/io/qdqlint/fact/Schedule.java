package io.qdqlint.fact;

/** Which nodes of a model have to run before which; {@link Stages} are read from it. */
public final class Schedule {
    private final DataFlow flow;

    Schedule(DataFlow flow) {
        this.flow = flow;
    }

    DataFlow flow() {
        return flow;
    }
}
