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
    static final double EFFICIENCY = 0.58;

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

    /** Channels of a vector of INT8 kernels, and of the first FP16 convolution. */
    private static final int VECTOR = 32;

    private static final int FOUR = 4;

    private static final int FLOAT_INPUT = 4;
    private static final int HALF = 2;
    private static final int INT8 = 1;

    /** The cost of a conversion between floating point and INT8. A graph input is FP32, every other tensor FP16. */
    public Cost conversion(Value tensor) {
        return of(tensor, (tensor.isGraphInput() ? FLOAT_INPUT : HALF) + INT8);
    }

    /** The same, where the INT8 side may be in vectors of four channels, or an image padded to vectors of 32. */
    public Cost conversion(Value tensor, boolean fourWide, boolean padded) {
        Cost cost = padded ? repacking(tensor, FLOAT_INPUT, VECTOR * INT8) : conversion(tensor);
        double micros = FOUR_LAUNCH * device.launchMicros() + time(cost.bytes(), FOUR_EFFICIENCY * device.bandwidth());
        return !fourWide || cost.bytes() < 0 ? cost : new Cost(1, cost.bytes(), micros);
    }

    /**
     * The cost of repacking an image into vectors of channels, with this many bytes for each position. The general
     * implementation takes the time that these need.
     */
    private Cost repacking(Value image, int read, long vector) {
        Shape shape = sizes.of(image);
        long channels = new Shapes(shapes).channels(image);
        long elements = shape == null ? Shape.UNKNOWN : shape.elements();
        if (channels <= 0 || elements < 0) {
            return new Cost(1, -1, Double.NaN);
        }
        long bytes = elements / channels * (channels * read + vector);
        double rate = Math.min(GENERAL_RATE, EFFICIENCY * device.bandwidth());
        return new Cost(1, bytes, device.launchMicros() + time(bytes, rate));
    }

    /**
     * Microseconds that INT8 saves a first convolution which reads vectors of 32 channels; below zero where it takes longer. In FP16 it reads
     * vectors of four, and a kernel writes these. NaN where a size is unknown.
     */
    public double paddedGain(Node conv) {
        Value image = conv.input(0);
        Value out = conv.output(0);
        long channels = new Shapes(shapes).channels(image);
        long macs = sizes.macs(conv);
        Cost half = repacking(image, FLOAT_INPUT, FOUR * HALF);
        if (channels <= 0 || macs < 0 || half.bytes() < 0 || bytes(out, HALF) < 0) {
            return Double.NaN;
        }
        long positions = bytes(image, INT8) / channels;
        double int8 = layerMicros(positions * VECTOR + bytes(out, INT8), macs / channels * VECTOR, true);
        double fp16 = layerMicros(positions * FOUR * HALF + bytes(out, HALF), macs / channels * FOUR, false);
        return half.micros() + fp16 - int8;
    }

    /**
     * What a first convolution costs more that writes FP32, with an activation after it that quantizes and a copy to vectors of 32
     * channels, than one that writes INT8 to the activation.
     */
    public Cost split(Value out) {
        long elements = bytes(out, 1);
        if (elements < 0) {
            return new Cost(0, -1, Double.NaN);
        }
        long bytes = elements * 2 * (FLOAT_INPUT - INT8 + INT8);
        return new Cost(0, bytes, device.launchMicros() + time(bytes, EFFICIENCY * device.bandwidth()));
    }

    /** The cost of a conversion from INT8 to INT8 with another scale. */
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
