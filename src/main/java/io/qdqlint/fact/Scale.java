package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The quantization parameters of a QuantizeLinear or DequantizeLinear node. No field is a {@code float}: a scale is a
 * double to show, and a group number to compare.
 *
 * @param group equal for equal parameters; see {@link SameScale} for those that only nearly are
 * @param type the quantized type: that of the zero point, or {@code output_dtype}, or ONNX's default UINT8
 * @param constant whether the file holds the scale's values
 * @param count number of scales; 1 is per tensor, 0 when unknown
 * @param rank rank of the scale tensor; -1 when unknown
 * @param min smallest scale; NaN when one is NaN or none is known
 * @param max largest scale; NaN when one is NaN or none is known
 * @param axis the {@code axis} attribute (default 1), not normalised
 * @param axisGiven whether the node has that attribute
 * @param block {@code block_size}; 0 for none
 * @param zeroPoint element type of the zero point; UNDEFINED when there is none
 * @param zeroPointCount number of zero points; 0 when there is none or it is unknown
 * @param symmetric whether every zero point is 0 (also when there is none)
 * @param zeroPointMin smallest zero point, 0 when there is none
 * @param zeroPointMax largest zero point, 0 when there is none
 * @param tensor the scale tensor in the file, or null
 */
public record Scale(
        int group,
        DataType type,
        boolean constant,
        int count,
        int rank,
        double min,
        double max,
        long axis,
        boolean axisGiven,
        long block,
        DataType zeroPoint,
        int zeroPointCount,
        boolean symmetric,
        double zeroPointMin,
        double zeroPointMax,
        Tensor tensor) {

    private static final double[] POWERS_OF_TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    /** One scale for the whole tensor. */
    public boolean perTensor() {
        return count == 1 && block == 0;
    }

    /** One scale per index of one axis. */
    public boolean perChannel() {
        return count > 1 && rank == 1 && block == 0;
    }

    /** Whether a per-channel scale has another length than its axis of the tensor, {@code otherwise} where none is given. */
    public boolean mismatches(Shape quantized, int otherwise) {
        long size = quantized.dim((int) (axisGiven ? axis : otherwise));
        return size >= 0 && size != count;
    }

    /** The smallest value that a code stands for, with one scale for INT8 or UINT8; NaN otherwise. */
    public double lowest() {
        return perTensor() && type == DataType.INT8
                ? (-128 - zeroPointMin) * min
                : perTensor() && type == DataType.UINT8 ? -zeroPointMin * min : Double.NaN;
    }

    /** The largest value that a code stands for, with one scale for INT8 or UINT8; NaN otherwise. */
    public double highest() {
        return lowest() + 255 * min;
    }

    /** The scale that covers the same range with zero point 0. */
    public double aroundZero() {
        return symmetric && type != DataType.UINT8 ? max : Math.max(-lowest(), highest()) / 127;
    }

    /** The type of the codes in TensorRT's words; INT8 also for UINT8, which it takes for INT8. */
    public String typeInTensorRt() {
        return switch (type) {
            case FLOAT8E4M3FN -> "FP8";
            case INT4 -> "INT4";
            case FLOAT4E2M1 -> "FP4";
            default -> "INT8";
        };
    }

    /** Every scale is a positive, finite number. */
    public boolean positive() {
        return min > 0 && max < Double.POSITIVE_INFINITY;
    }

    /** The zero points as a person reads them: {@code 128}, {@code 3..17}. */
    public String zeroPoints() {
        return zeroPointMin == zeroPointMax ? number(zeroPointMin) : number(zeroPointMin) + ".." + number(zeroPointMax);
    }

    /** As a person reads it: {@code 0.0512}, {@code 64 scales 0.001..0.02}, {@code not constant}. */
    public String text() {
        if (!constant) {
            return "not constant";
        }
        return count == 1 ? number(max) : count + " scales " + number(min) + ".." + number(max);
    }

    /** Six significant digits, without trailing zeros. */
    public static String number(double v) {
        if (Double.isNaN(v) || Double.isInfinite(v) || v == 0) {
            return Double.isNaN(v) ? "NaN" : v == 0 ? "0" : v > 0 ? "inf" : "-inf";
        }
        double a = Math.abs(v);
        if (a < 1e-4 || a >= 1e7) {
            return new BigDecimal(v)
                    .round(new MathContext(6, RoundingMode.HALF_EVEN))
                    .stripTrailingZeros()
                    .toString();
        }
        // Scales are nearly all in this range, and the exact decimal form of a double, which has fifty digits, takes
        // its time.
        int decimals = 5 - (int) Math.floor(Math.log10(a));
        double digits = decimals < 0 ? v / POWERS_OF_TEN[-decimals] : v * POWERS_OF_TEN[decimals];
        return BigDecimal.valueOf((long) Math.rint(digits), decimals)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
