package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;

/**
 * Questions about the shapes of tensors.
 *
 * @param inference what is known of shapes
 */
public record Shapes(ShapeInference inference) {
    /** The size of the first axis; -1 when unknown. */
    public long batch(Value tensor) {
        Shape shape = inference.of(tensor);
        return shape == null || shape.rank() == 0 ? -1 : shape.dim(0);
    }

    /** The size of the second axis: the channels of an NCHW tensor; -1 when unknown. */
    public long channels(Value tensor) {
        Shape shape = inference.of(tensor);
        return shape == null ? -1 : shape.dim(1);
    }

    /** Positions of an image: the product of all sizes but the first two of an NCHW tensor; -1 when unknown. */
    public long positions(Value tensor) {
        Shape shape = inference.of(tensor);
        if (shape == null || shape.rank() < 3) {
            return -1;
        }
        long positions = 1;
        for (int axis = 2; axis < shape.rank(); axis++) {
            positions = shape.dim(axis) < 0 || positions < 0 ? -1 : positions * shape.dim(axis);
        }
        return positions;
    }

    /** The longest spatial side of an NCHW tensor: of the window of a global pool; -1 when unknown. */
    public long widestSide(Value tensor) {
        Shape shape = inference.of(tensor);
        return shape == null || shape.rank() != 4 ? -1 : Math.max(shape.dim(2), shape.dim(3));
    }

    /** Whether the tensors have one shape, as far as their shapes are known. */
    public boolean mayBeOfOneShape(Value one, Value other) {
        Shape a = inference.of(one);
        Shape b = inference.of(other);
        if (a == null || b == null) {
            return true;
        }
        boolean same = a.rank() == b.rank();
        for (int i = 0; same && i < a.rank(); i++) {
            same = a.dim(i) == b.dim(i) || a.dim(i) < 0 || b.dim(i) < 0;
        }
        return same;
    }

    /** Whether the tensor is known to have as many axes. */
    public boolean ofAxes(int axes, Value tensor) {
        Shape shape = inference.of(tensor);
        return shape != null && shape.rank() == axes;
    }

    /** Whether the tensor is known to have fewer axes. */
    public boolean ofFewerAxesThan(int axes, Value tensor) {
        Shape shape = inference.of(tensor);
        return shape != null && shape.rank() < axes;
    }

    /** Whether the tensor is known to have more axes. */
    public boolean ofMoreAxesThan(int axes, Value tensor) {
        Shape shape = inference.of(tensor);
        return shape != null && shape.rank() > axes;
    }

    /** Whether the tensors have one size along all axes but the last two, as far as their shapes are known. */
    public boolean mayDifferInLastTwoAxesOnly(Value one, Value other) {
        Shape a = inference.of(one);
        Shape b = inference.of(other);
        boolean same = a == null || b == null || a.rank() == b.rank();
        for (int i = 0; same && a != null && b != null && i < a.rank() - 2; i++) {
            same = a.dim(i) == b.dim(i) || a.dim(i) < 0 || b.dim(i) < 0;
        }
        return same;
    }

    /** The shape of a tensor, its open dimensions negative; null when unknown. */
    public Shape of(Value tensor) {
        return inference.of(tensor);
    }

    /** Whether both shapes are known and have as many axes. */
    public boolean ofOneRank(Value one, Value other) {
        Shape a = inference.of(one);
        Shape b = inference.of(other);
        return a != null && b != null && a.rank() == b.rank();
    }

    /** Whether a Transpose changes the order of elements: of axes that are not of size 1. */
    public boolean moves(Node transpose) {
        Shape shape = inference.of(transpose.input(0));
        long[] perm = transpose.intsAttribute("perm");
        if (shape == null || perm == null || perm.length != shape.rank()) {
            return true;
        }
        long last = -1;
        boolean ascending = true;
        for (long axis : perm) {
            if (shape.dim((int) axis) != 1) {
                ascending &= axis > last;
                last = axis;
            }
        }
        return !ascending;
    }

    /** Whether a reduction over these axes keeps the last one as it is; false where the rank is unknown. */
    public boolean leavesLastAxis(Setting axes) {
        Shape shape =
                axes.node().input(0) == null ? null : inference.of(axes.node().input(0));
        return shape != null
                && shape.rank() > 0
                && axes.values().stream().noneMatch(a -> a == -1 || a == shape.rank() - 1);
    }
}
