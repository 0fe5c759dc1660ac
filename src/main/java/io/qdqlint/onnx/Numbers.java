package io.qdqlint.onnx;

import java.io.IOException;
import java.util.Arrays;

/** A growing list of an attribute's numbers: integers, or floats as their bits. */
final class Numbers {
    /** More than that is data, which no rule looks at, and is dropped. */
    private static final int MAX = 1 << 20;

    private long[] values = new long[4];
    private int used;
    private boolean tooMany;

    void add(long value) {
        if (used == MAX) {
            tooMany = true;
            return;
        }
        if (used == values.length) {
            values = Arrays.copyOf(values, used * 2);
        }
        values[used++] = value;
    }

    /** A packed field of varints. */
    void addVarints(WireInput in) throws IOException {
        int outer = in.enter();
        while (in.remaining() > 0) {
            add(in.varint());
        }
        in.leave(outer);
    }

    /** A packed field of floats. */
    void addFixed32(WireInput in) throws IOException {
        int outer = in.enter();
        while (in.remaining() > 0) {
            add(in.fixed32());
        }
        in.leave(outer);
    }

    /** The integers; null if there were too many. */
    long[] longs() {
        return tooMany ? null : Arrays.copyOf(values, used);
    }

    /** The floats; null if there were too many. */
    double[] doubles() {
        if (tooMany) {
            return null;
        }
        double[] out = new double[used];
        for (int i = 0; i < used; i++) {
            out[i] = Float.intBitsToFloat((int) values[i]);
        }
        return out;
    }
}
