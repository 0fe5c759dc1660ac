package io.qdqlint.fact;

import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;

/**
 * Sizes conversions. A kernel that only converts is bound by memory: it takes a launch and the time its bytes need
 * (docs/forecast.md has the comparison with measured times).
 *
 * @param shapes what is known of shapes
 * @param sizes the same, where an open dimension of an input is 1: what costs are estimated by
 * @param assumed the input shapes that {@code sizes} takes; none where nothing is open
 */
public record Costs(ShapeInference shapes, ShapeInference sizes, InputShapes assumed, Device device) {
    /** Share of the data sheet's bandwidth that the fast implementation reaches (this and the next five: docs/forecast.md). */
    private static final double EFFICIENCY = 0.58;

    /** GB/s that the general implementation reaches at most: arithmetic holds it up, not memory. */
    private static final double GENERAL_RATE = 550;

    /** From this many elements on a builder on a quiet GPU takes the fast implementation. */
    private static final long MANY = 2_000_000;

    /** Microseconds that the fast implementation takes to start, beyond the general one. */
    private static final double FAST_START = 1.8;

    /** Share of the bandwidth, and of the launch cost, of the implementation that writes vectors of four channels. */
    private static final double FOUR_EFFICIENCY = 0.4;

    private static final double FOUR_LAUNCH = 0.8;

    /**
     * Share that a layer of a few rows reaches at least: of matrix products with 1 to 2 million weights, the extra byte a weight took
     * 14 % in the worst case (docs/fix-measured.md).
     */
    private static final double SMALL_EFFICIENCY = 0.1;

    /** With fewer rows than this any GPU of the table waits for the weights, not for the arithmetic. */
    private static final int FEW_ROWS = 64;

    /** Share of the data sheet's arithmetic that a convolution of a batch of one reaches (docs/forecast.md). */
    private static final double ARITHMETIC_EFFICIENCY = 0.2;

    private static final int FLOAT_INPUT = 4;
    private static final int HALF = 2;
    private static final int INT8 = 1;

    /** Floating point to INT8 or back; a graph input comes as FP32, everything inside is FP16. */
    public Cost conversion(Value tensor) {
        return of(tensor, (tensor.isGraphInput() ? FLOAT_INPUT : HALF) + INT8);
    }

    /** The same, where the INT8 side may be in vectors of four channels. */
    public Cost conversion(Value tensor, boolean fourWide) {
        Cost cost = conversion(tensor);
        double micros = FOUR_LAUNCH * device.launchMicros() + time(cost.bytes(), FOUR_EFFICIENCY * device.bandwidth());
        return !fourWide || cost.bytes() < 0 ? cost : new Cost(1, cost.bytes(), micros);
    }

    /** INT8 to INT8 of another scale. */
    public Cost requantization(Value tensor) {
        return of(tensor, 2 * INT8);
    }

    /** A kernel that reads INT8, computes on each element and writes INT8: what a fusion that did not happen costs. */
    public Cost pass(Value tensor) {
        return of(tensor, 2 * INT8);
    }

    /** Bytes of a tensor of elements of this size; -1 when its shape is unknown. */
    public long bytes(Value tensor, int bytesPerElement) {
        return of(tensor, bytesPerElement).bytes();
    }

    /**
     * Microseconds of a layer that is bound by memory or by arithmetic, whichever takes longer.
     *
     * @param bytes that it moves; -1 when unknown
     * @param macs multiply-accumulates; 0 for a layer without weights, -1 when unknown
     * @param int8 whether it multiplies in INT8; otherwise in FP16
     * @return NaN when one of them is unknown
     */
    public double layerMicros(long bytes, long macs, boolean int8) {
        if (bytes < 0 || macs < 0) {
            return Double.NaN;
        }
        double tops = Double.isNaN(device.int8Tops()) ? Double.POSITIVE_INFINITY : device.int8Tops() / (int8 ? 1 : 2);
        double arithmetic = 2 * macs / (ARITHMETIC_EFFICIENCY * tops) / 1e6;
        return device.launchMicros() + Math.max(time(bytes, EFFICIENCY * device.bandwidth()), arithmetic);
    }

    /** The size of the first axis; -1 when unknown. */
    public long batch(Value tensor) {
        Shape shape = shapes.of(tensor);
        return shape == null || shape.rank() == 0 ? -1 : shape.dim(0);
    }

    /** The size of the second axis: the channels of an NCHW tensor; -1 when unknown. */
    public long channels(Value tensor) {
        Shape shape = shapes.of(tensor);
        return shape == null ? -1 : shape.dim(1);
    }

    /** Positions of an image: the product of all sizes but the first two of an NCHW tensor; -1 when unknown. */
    public long positions(Value tensor) {
        Shape shape = shapes.of(tensor);
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
        Shape shape = shapes.of(tensor);
        return shape == null || shape.rank() != 4 ? -1 : Math.max(shape.dim(2), shape.dim(3));
    }

    /** Whether the tensors have one shape, as far as their shapes are known. */
    public boolean mayBeOfOneShape(Value one, Value other) {
        Shape a = shapes.of(one);
        Shape b = shapes.of(other);
        if (a == null || b == null) {
            return true;
        }
        boolean same = a.rank() == b.rank();
        for (int i = 0; same && i < a.rank(); i++) {
            same = a.dim(i) == b.dim(i) || a.dim(i) < 0 || b.dim(i) < 0;
        }
        return same;
    }

    /** Whether the tensor is known to have fewer axes. */
    public boolean ofFewerAxesThan(int axes, Value tensor) {
        Shape shape = shapes.of(tensor);
        return shape != null && shape.rank() < axes;
    }

    /** Whether the tensor is known to have more axes. */
    public boolean ofMoreAxesThan(int axes, Value tensor) {
        Shape shape = shapes.of(tensor);
        return shape != null && shape.rank() > axes;
    }

    /** Whether the tensors have one size along all axes but the last two, as far as their shapes are known. */
    public boolean mayDifferInLastTwoAxesOnly(Value one, Value other) {
        Shape a = shapes.of(one);
        Shape b = shapes.of(other);
        boolean same = a == null || b == null || a.rank() == b.rank();
        for (int i = 0; same && a != null && b != null && i < a.rank() - 2; i++) {
            same = a.dim(i) == b.dim(i) || a.dim(i) < 0 || b.dim(i) < 0;
        }
        return same;
    }

    /**
     * Whether a Scale layer can hold a constant that is added to data or multiplied with it: one number, one for each index of axis
     * 1, or one for each element of an image. True where a shape is unknown.
     */
    public boolean scales(Value constant, Value data) {
        Shape held = shapes.of(constant);
        Shape shape = shapes.of(data);
        if (held == null || shape == null || held.rank() > shape.rank()) {
            return true;
        }
        boolean channels = true;
        boolean elements = true;
        for (int axis = 1; axis < shape.rank(); axis++) {
            int at = axis - shape.rank() + held.rank();
            long size = at < 0 ? 1 : held.dim(at);
            channels &= axis == 1 || size == 1;
            elements &= size == shape.dim(axis) || shape.dim(axis) < 0;
        }
        return channels || elements;
    }

    /** Whether both shapes are known and have as many axes, so that the parser puts no broadcast between. */
    public boolean ofOneRank(Value one, Value other) {
        Shape a = shapes.of(one);
        Shape b = shapes.of(other);
        return a != null && b != null && a.rank() == b.rank();
    }

    /** Whether the tensor may hold several sequences: rows of features along more than one axis, the first not of size 1. */
    public boolean severalSequences(Value tensor) {
        Shape shape = shapes.of(tensor);
        return shape != null && shape.rank() > 2 && shape.dim(0) != 1;
    }

    /** Whether a Transpose changes the order of elements: of axes that are not of size 1. */
    public boolean moves(Node transpose) {
        Shape shape = shapes.of(transpose.input(0));
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
                axes.node().input(0) == null ? null : shapes.of(axes.node().input(0));
        return shape != null
                && shape.rank() > 0
                && axes.values().stream().noneMatch(a -> a == -1 || a == shape.rank() - 1);
    }

    /**
     * Microseconds that INT8 saves a convolution at most, where it reads a single position of each of a few images: it then waits for
     * its weights, of which INT8 has a byte less. NaN for any other, and where a shape is unknown.
     */
    public double int8Gain(Node conv) {
        Shape in = shapes.of(conv.input(0));
        Shape out = shapes.of(conv.output(0));
        Shape weight = shapes.of(conv.input(1));
        if (!isPoint(in) || !isPoint(out) || weight == null || weight.elements() < 0) {
            return Double.NaN;
        }
        long saved = weight.elements() + in.elements() + out.elements();
        return saved / (SMALL_EFFICIENCY * device.bandwidth()) / 1e3;
    }

    private static boolean isPoint(Shape shape) {
        if (shape == null || shape.rank() < 3 || shape.elements() < 0 || shape.dim(0) > FEW_ROWS) {
            return false;
        }
        boolean point = true;
        for (int i = 2; i < shape.rank(); i++) {
            point &= shape.dim(i) == 1;
        }
        return point;
    }

    private Cost of(Value tensor, int bytesPerElement) {
        Shape shape = sizes.of(tensor);
        long elements = shape == null ? Shape.UNKNOWN : shape.elements();
        if (elements < 0 || elements > Long.MAX_VALUE / bytesPerElement) {
            return new Cost(1, -1, Double.NaN);
        }
        long bytes = elements * bytesPerElement;
        double fastest = EFFICIENCY * device.bandwidth();
        double micros =
                elements < MANY ? time(bytes, Math.min(GENERAL_RATE, fastest)) : FAST_START + time(bytes, fastest);
        return new Cost(1, bytes, device.launchMicros() + micros);
    }

    /** Microseconds for this many bytes at a rate in GB/s. */
    private static double time(long bytes, double rate) {
        return bytes / rate / 1e3;
    }
}
