package io.qdqlint.fix;

import io.qdqlint.ir.Shape;

/** Which scale an element of a tensor belongs to: all to one, or those of one index along the axis to each. */
record Channels(int count, long inner) {

    /** Per tensor if there is one scale; along {@code axis} otherwise. */
    static Channels of(Shape shape, int scales, long axis) {
        if (scales == 1) {
            return new Channels(1, 1);
        }
        int at = (int) (axis < 0 ? axis + shape.rank() : axis);
        if (shape.dim(at) != scales) {
            throw new RefusedException(scales + " scales do not fit axis " + axis + " of " + shape);
        }
        long inner = 1;
        for (int i = at + 1; i < shape.rank(); i++) {
            inner *= shape.dim(i);
        }
        return new Channels(scales, inner);
    }

    int of(long element) {
        return (int) (element / inner % count);
    }
}
