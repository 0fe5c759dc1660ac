package io.qdqlint.report;

import io.qdqlint.fact.Scale;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Arrays;
import java.util.Optional;

/** Scale and zero point of a Q or DQ node, as a person reads them. */
public final class QuantizerText {
    private static final int COPIES = 4;

    private QuantizerText() {}

    /** Whether this is QuantizeLinear or DequantizeLinear, of ONNX or of com.microsoft. */
    public static boolean isQuantizer(Node node) {
        return isQuantize(node) || node.opType().equals("DequantizeLinear");
    }

    public static boolean isQuantize(Node node) {
        return node.opType().equals("QuantizeLinear");
    }

    /** {@code 0.0512}, {@code 64 scales 0.001..0.02}, or {@code not constant}. */
    public static String scale(Node node) {
        Optional<double[]> stored = stored(node.input(1));
        if (stored.isEmpty()) {
            return "not constant";
        }
        double[] scales = stored.get();
        double min = Arrays.stream(scales).min().orElse(Double.NaN);
        double max = Arrays.stream(scales).max().orElse(Double.NaN);
        if (scales.length == 1 || min == max) {
            return Scale.number(min);
        }
        return scales.length + " scales " + Scale.number(min) + ".." + Scale.number(max);
    }

    /** As {@link #scale}, with the word where it is not in it: {@code scale 0.0512}, {@code 64 scales 0.001..0.02}. */
    public static String scaleInWords(Node node) {
        String text = scale(node);
        return text.contains("scales ") ? text : "scale " + text;
    }

    /** {@code zero point 3}, or empty when it is zero, absent or not stored. */
    public static String zeroPoint(Node node) {
        double[] points = stored(node.input(2)).orElse(new double[0]);
        double other = Arrays.stream(points).filter(p -> p != 0).findFirst().orElse(0);
        if (other == 0) {
            return "";
        }
        boolean same = Arrays.stream(points).allMatch(p -> p == other);
        return same ? "zero point " + Scale.number(other) : "zero points differ";
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

    /** The constant's elements, also when it comes through an Identity or a Cast. */
    private static Optional<double[]> stored(Value value) {
        Value v = value;
        for (int i = 0; i < COPIES && v != null && v.constant() == null && isCopy(v.producer()); i++) {
            v = v.producer().input(0);
        }
        return v == null || v.constant() == null
                ? Optional.empty()
                : v.constant().doubles().filter(d -> d.length > 0);
    }

    private static boolean isCopy(Node node) {
        return node != null
                && (node.opType().equals("Identity") || node.opType().equals("Cast"));
    }
}
