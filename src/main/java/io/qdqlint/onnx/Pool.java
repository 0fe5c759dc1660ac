package io.qdqlint.onnx;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.Shape;
import java.util.Arrays;

/**
 * Equal small things as one object. A large model repeats a handful of attributes and shapes on every layer; keeping each
 * once saves about a quarter of its memory. As in a processor's cache, a new object replaces another, so the pool has a
 * fixed size.
 */
final class Pool {
    private static final int SIZE = 1 << 12;

    private final Attribute[] attributes = new Attribute[SIZE];
    private final Shape[] shapes = new Shape[SIZE];

    Shape shape(Shape made) {
        int at = slot(31 * made.hashCode() + made.rank());
        Shape kept = shapes[at];
        if (kept != null && kept.equals(made)) {
            return kept;
        }
        return shapes[at] = made;
    }

    /** Numbers, strings and short lists of integers are pooled, other attributes come back as they are. */
    Attribute attribute(Attribute made) {
        Object value = made.value();
        int hash;
        if (value instanceof long[] list && list.length <= 8) {
            hash = Arrays.hashCode(list);
        } else if (value instanceof Long || value instanceof Double || value instanceof String) {
            hash = value.hashCode();
        } else {
            return made;
        }
        int at = slot(31 * hash + made.name().hashCode());
        Attribute kept = attributes[at];
        if (kept != null && kept.name().equals(made.name()) && same(kept.value(), value)) {
            return kept;
        }
        return attributes[at] = made;
    }

    private static boolean same(Object a, Object b) {
        return a instanceof long[] x && b instanceof long[] y ? Arrays.equals(x, y) : a.equals(b);
    }

    private static int slot(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed >>> 20;
    }
}
