package io.qdqlint.cli;

import java.util.function.Consumer;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;

/** The value of one argument: picocli sets it, and the command reads it. */
final class Binding<T> implements IGetter, ISetter {
    private final Consumer<T> to;
    private Object value;

    Binding(Consumer<T> to) {
        this.to = to;
    }

    @Override
    @SuppressWarnings("unchecked") // picocli's types for values of any type
    public <V> V get() {
        return (V) value;
    }

    @Override
    @SuppressWarnings("unchecked") // the type was given to picocli along with the consumer
    public <V> V set(V given) {
        Object before = value;
        value = given;
        // Nothing was given: the command has its own idea of that.
        if (given != null) {
            to.accept((T) given);
        }
        return (V) before;
    }
}
