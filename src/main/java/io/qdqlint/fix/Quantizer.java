package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Q with the DQs that read it, or a DQ of stored codes: the nodes that share one scale and zero point.
 *
 * @param quantize null where the codes are stored
 * @param dequantizes in node order
 */
record Quantizer(Node quantize, List<Node> dequantizes) {
    /** The largest INT8 code: a symmetric scale is the largest magnitude over it. */
    static final double LARGEST_CODE = 127;

    /** The axis of the scales where a node names none, as ONNX has it. */
    static final int DEFAULT_AXIS = 1;

    /** The quantizer that a Q or DQ node belongs to. */
    static Quantizer of(Node node) {
        Node quantize = isQuantize(node) ? node : isDequantize(node) ? quantizeOf(node) : null;
        if (quantize == null) {
            if (!isDequantize(node)) {
                throw new RefusedException("'" + node.name() + "' is neither QuantizeLinear nor DequantizeLinear");
            }
            return new Quantizer(null, List.of(node));
        }
        List<Node> dequantizes = new ArrayList<>();
        for (Value.Use use : quantize.output(0).uses()) {
            if (use.slot() == 0 && isDequantize(use.node())) {
                dequantizes.add(use.node());
            }
        }
        return new Quantizer(quantize, List.copyOf(dequantizes));
    }

    static boolean isQuantize(Node node) {
        return node.opType().equals("QuantizeLinear");
    }

    static boolean isDequantize(Node node) {
        return node.opType().equals("DequantizeLinear");
    }

    private static Node quantizeOf(Node dequantize) {
        Node producer = dequantize.input(0) == null ? null : dequantize.input(0).producer();
        return producer != null && isQuantize(producer) ? producer : null;
    }

    /** The Q or DQ by itself, with the parameters that it has. */
    static Quantizer alone(Node node) {
        return isQuantize(node) ? new Quantizer(node, List.of()) : new Quantizer(null, List.of(node));
    }

    /**
     * Makes sure that nothing but DQs with the parameters of the Q reads the codes, so that its scale can change.
     *
     * @throws RefusedException where another node, a graph output or another DQ reads them
     */
    void requireOwnCodes() {
        requireCodesForValuesOnly();
        requireSameParameters();
    }

    /**
     * Makes sure that nothing but DQs reads the codes, so that other codes can stand for the same values.
     *
     * @throws RefusedException where another node or a graph output reads them
     */
    void requireCodesForValuesOnly() {
        if (quantize == null) {
            return;
        }
        Value codes = quantize.output(0);
        if (codes.isGraphOutput()) {
            throw new RefusedException("the codes '" + codes.name() + "' are an output of the graph");
        }
        for (Value.Use use : codes.uses()) {
            if (use.slot() != 0 || !isDequantize(use.node())) {
                throw new RefusedException("'" + use.node().name() + "' ("
                        + use.node().opType() + ") reads the codes '" + codes.name() + "' as well");
            }
        }
    }

    /**
     * Makes sure that all nodes have the same scale and zero point.
     *
     * @throws RefusedException where a DQ does not give back what the Q stands for
     */
    void requireSameParameters() {
        for (Node dq : dequantizes) {
            if (!sameConstant(first(), dq, 1) || !sameConstant(first(), dq, 2) || !sameAxis(dq)) {
                throw new RefusedException(
                        "'" + dq.name() + "' dequantizes with other parameters than those of '" + first().name() + "'");
            }
        }
    }

    /**
     * Makes sure that a DQ gives the input of its Q, except for rounding and clipping.
     *
     * @throws RefusedException where it does not
     */
    static void requirePair(Node quantize, Node dequantize) {
        new Quantizer(quantize, List.of(dequantize)).requireSameParameters();
    }

    private boolean sameAxis(Node dq) {
        return axis() == alone(dq).axis()
                || scale().elements() == 1
                || scale().shape().rank() == 0;
    }

    private static boolean sameConstant(Node a, Node b, int slot) {
        Value x = stored(a.input(slot));
        Value y = stored(b.input(slot));
        if (x == y) {
            return true;
        }
        double[] left = numbers(x);
        double[] right = numbers(y);
        return left != null && right != null && Arrays.equals(left, right);
    }

    /** What a stored parameter holds; a zero point that is left out is 0; null where it is computed. */
    private static double[] numbers(Value value) {
        if (value == null) {
            return new double[1];
        }
        return value.constant() == null ? null : value.constant().doubles().orElse(null);
    }

    /** The Q, or the DQ of stored codes. */
    Node first() {
        return quantize == null ? dequantizes.get(0) : quantize;
    }

    List<Node> nodes() {
        List<Node> all = new ArrayList<>();
        if (quantize != null) {
            all.add(quantize);
        }
        all.addAll(dequantizes);
        return all;
    }

    /** The tensor that is quantized, or the stored codes. */
    Value data() {
        return first().input(0);
    }

    /** The stored scale. */
    Tensor scale() {
        Tensor scale = first().input(1) == null ? null : first().input(1).constant();
        if (scale == null) {
            throw new RefusedException("the scale of '" + first().name() + "' is computed, not stored");
        }
        return scale;
    }

    /** The axis that a scale for each channel is for. */
    int axis() {
        return (int) first().intAttribute("axis", DEFAULT_AXIS);
    }

    /** The elements of the scale. */
    double[] scales() {
        Tensor scale = scale();
        return scale.doubles()
                .orElseThrow(() -> new RefusedException("the scale '" + scale.name() + "' cannot be read"));
    }

    /** The largest scale; NaN where it is computed. */
    double step() {
        boolean stored = first().input(1) != null && first().input(1).constant() != null;
        return stored ? Arrays.stream(scales()).reduce(0, Math::max) : Double.NaN;
    }

    /** The scale of a quantizer per tensor. */
    double perTensorScale() {
        double[] scales = scales();
        if (scales.length != 1) {
            throw new RefusedException("'" + first().name() + "' has " + scales.length + " scales");
        }
        return scales[0];
    }

    /** The stored zero point, as it is before a Cast, or null where it is left out and so is 0. */
    private Tensor zeroPoint() {
        Value zero = stored(first().input(2));
        if (zero != null && zero.constant() == null) {
            throw new RefusedException("the zero point of '" + first().name() + "' is computed, not stored");
        }
        return zero == null ? null : zero.constant();
    }

    /** Where exporters do not fold constants, a Cast of a constant gives the zero point. */
    private static Value stored(Value value) {
        Value now = value;
        while (now != null && now.constant() == null && isCast(now.producer())) {
            now = now.producer().input(0);
        }
        return now;
    }

    private static boolean isCast(Node node) {
        return node != null && node.opType().equals("Cast");
    }

    /** The elements of the zero point; a single 0 where it is left out. */
    double[] zeros() {
        Tensor zero = zeroPoint();
        return zero == null
                ? new double[1]
                : zero.doubles()
                        .orElseThrow(() -> new RefusedException("the zero point '" + zero.name() + "' cannot be read"));
    }

    /** Type of the codes; UINT8 where neither zero point nor {@code output_dtype} says, as ONNX has it. */
    DataType type() {
        Value given = first().input(2);
        if (given != null && given.constant() == null && isCast(given.producer())) {
            return DataType.ofCode((int) given.producer().intAttribute("to", 0));
        }
        Tensor zero = zeroPoint();
        if (zero != null) {
            return zero.type();
        }
        if (quantize == null) {
            return data().type();
        }
        long output = quantize.intAttribute("output_dtype", 0);
        return output == 0 ? DataType.UINT8 : DataType.ofCode((int) output);
    }
}
