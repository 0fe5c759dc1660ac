package io.qdqlint.ir;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Inputs or outputs of a node: an unmodifiable list that may hold null and costs little beside its array. */
final class Slots extends AbstractList<Value> implements RandomAccess {
    private static final Slots EMPTY = new Slots(new Value[0]);

    private final Value[] values;

    private Slots(Value[] values) {
        this.values = values;
    }

    /** The list of these values; the array is taken over. */
    static Slots of(Value[] values) {
        return values.length == 0 ? EMPTY : new Slots(values);
    }

    @Override
    public Value get(int slot) {
        return values[slot];
    }

    @Override
    public int size() {
        return values.length;
    }
}
