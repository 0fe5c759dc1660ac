package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code Slice} takes of one axis, as ONNX defines it for {@code Slice}: negative positions count from the back, positions
 * beyond an end are the end. NaN is a position that is not known.
 */
record Cut(int axis, double start, double end, double step) {

    /** The cuts of a Slice of a tensor of this rank, whether this opset gives them as attributes or as inputs; null when unknown. */
    static List<Cut> of(Node slice, ShapeArithmetic arithmetic, int rank) {
        double[] starts = arithmetic.list(slice, "starts", 1);
        double[] ends = arithmetic.list(slice, "ends", 2);
        double[] axes = arithmetic.list(slice, "axes", 3);
        double[] steps = arithmetic.list(slice, "steps", 4);
        boolean axesUnknown = axes == null && slice.input(3) != null;
        if (starts == null || ends == null || axesUnknown || starts.length != ends.length) {
            return null;
        }
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            int axis = axes == null ? i : i < axes.length ? Axis.of((long) axes[i], rank) : -1;
            if (axis < 0 || axis >= rank) {
                return null;
            }
            double step = steps != null && i < steps.length ? steps[i] : slice.input(4) == null ? 1 : Double.NaN;
            cuts.add(new Cut(axis, starts[i], ends[i], step));
        }
        return cuts;
    }

    /** The sizes that a {@code Shape} node gives of a tensor of this rank. */
    static Cut ofShape(Node shape, int rank) {
        return new Cut(0, shape.intAttribute("start", 0), shape.intAttribute("end", rank), 1);
    }

    /** How many positions of an axis of {@code size} are taken; {@link Shape#UNKNOWN} when that is not known. */
    long length(long size) {
        if (size < 0 || Double.isNaN(start + end + step) || step == 0) {
            return Shape.UNKNOWN;
        }
        // Backwards from the end of nothing would be one position.
        return size == 0 ? 0 : (long) Math.max(0, Math.ceil((last(size) - first(size)) / step));
    }

    /** The elements taken of a list. */
    double[] of(double[] list) {
        long length = length(list.length);
        double[] out = new double[(int) Math.max(0, length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = list[(int) (first(list.length) + i * step)];
        }
        return length < 0 ? null : out;
    }

    private double first(long size) {
        return within(start, size, 0, step > 0 ? size : size - 1);
    }

    private double last(long size) {
        return within(end, size, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
    }

    private static double within(double position, long size, long least, long most) {
        return Math.max(least, Math.min(most, position < 0 ? position + size : position));
    }
}
