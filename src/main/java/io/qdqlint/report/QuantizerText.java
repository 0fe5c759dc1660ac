package io.qdqlint.report;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;

/** Scale and zero point of a Q or DQ node, as a person reads them. */
public final class QuantizerText {
    private static final int DIGITS = 6;

    private QuantizerText() {}

    /** Whether this is QuantizeLinear or DequantizeLinear, of ONNX or of com.microsoft. */
    public static boolean isQuantizer(Node node) {
        return isQuantize(node) || node.opType().equals("DequantizeLinear");
    }

    public static boolean isQuantize(Node node) {
        return node.opType().equals("QuantizeLinear");
    }

    /** {@code 0.0512}, {@code 64 scales 0.001..0.02}, or {@code computed} where it is no stored constant. */
    public static String scale(Node node) {
        Optional<double[]> stored = stored(node.input(1));
        if (stored.isEmpty()) {
            return "computed";
        }
        double[] scales = stored.get();
        double min = Arrays.stream(scales).min().orElse(Double.NaN);
        double max = Arrays.stream(scales).max().orElse(Double.NaN);
        if (scales.length == 1 || min == max) {
            return number(min);
        }
        return scales.length + " scales " + number(min) + ".." + number(max);
    }

    /** {@code zero point 3}, or empty when it is zero, absent or not stored. */
    public static String zeroPoint(Node node) {
        double[] points = stored(node.input(2)).orElse(new double[0]);
        double other = Arrays.stream(points).filter(p -> p != 0).findFirst().orElse(0);
        if (other == 0) {
            return "";
        }
        boolean same = Arrays.stream(points).allMatch(p -> p == other);
        return same ? "zero point " + number(other) : "zero points differ";
    }

    /** The quantized side's type in ONNX's words, such as {@code int8}; empty when it is not known. */
    public static String type(Node node) {
        Value quantized = isQuantize(node) ? node.output(0) : node.input(0);
        DataType type = quantized == null ? DataType.UNDEFINED : quantized.type();
        if (type == DataType.UNDEFINED && node.input(2) != null) {
            type = node.input(2).type();
        }
        return type == DataType.UNDEFINED ? "" : type.onnxName();
    }

    private static Optional<double[]> stored(Value value) {
        return value == null || value.constant() == null
                ? Optional.empty()
                : value.constant().doubles().filter(d -> d.length > 0);
    }

    /** Six significant digits: a scale is a 32-bit float, more would be noise. */
    static String number(double v) {
        if (Double.isNaN(v) || Double.isInfinite(v)) {
            return Double.toString(v);
        }
        BigDecimal rounded = new BigDecimal(v).round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean plain = v == 0 || (Math.abs(v) >= 1e-5 && Math.abs(v) < 1e7);
        return plain ? rounded.toPlainString() : rounded.toString().replace("E", "e");
    }
}
