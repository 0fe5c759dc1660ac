package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.MakeSymmetric;
import io.qdqlint.rewrite.MatchZeroPoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Gives quantizers the zero points that TensorRT's parser takes. */
final class ZeroPointChanges {
    private static final int SIGN = 0x80;
    private final Scope scope;
    private final ClipChanges clips;
    private final Weights weights;

    ZeroPointChanges(Scope scope, ClipChanges clips, Weights weights) {
        this.scope = scope;
        this.clips = clips;
        this.weights = weights;
    }

    Change makeSymmetric(MakeSymmetric rewrite) {
        Quantizer quantizer = Quantizer.of(rewrite.quantizer());
        if (quantizer.type() != DataType.UINT8 && quantizer.type() != DataType.INT8) {
            throw new RefusedException("'" + quantizer.first().name() + "' is of type "
                    + quantizer.type().onnxName() + ", which cannot become INT8");
        }
        requireSameZeroPoints(quantizer);
        Change change = new Change();
        double[] factors = quantizer.quantize() == null ? recode(change, quantizer) : widen(change, quantizer);
        boolean exact = Arrays.stream(factors).allMatch(f -> f == 1);
        retype(change, quantizer, factors, exact);
        String name = quantizer.first().name();
        if (exact) {
            return change.says(
                    Exactness.EXACT, 0, "'" + name + "' is INT8 with zero point 0: other codes, the same values");
        }
        double[] scales = quantizer.scales();
        double largest = 0;
        double factor = 1;
        for (int c = 0; c < scales.length; c++) {
            largest = Math.max(largest, scales[c] * factors[factors.length == 1 ? 0 : c]);
            factor = Math.max(factor, factors[factors.length == 1 ? 0 : c]);
        }
        quantizer.dequantizes().forEach(dq -> change.touches(dq.output(0).name()));
        return change.says(
                Exactness.CHANGES_NUMERICS,
                largest / 2,
                String.format(
                        Locale.ROOT,
                        "'%s' is INT8 with zero point 0; steps are up to %.2f times as large, %.4g, to keep the range",
                        name,
                        factor,
                        largest));
    }

    /** By how much the step of computed codes grows, so that INT8 around 0 covers the range of the old codes. */
    private double[] widen(Change change, Quantizer quantizer) {
        quantizer.requireCodesForValuesOnly();
        boolean unsigned = quantizer.type() == DataType.UINT8;
        double[] factors = quantizer.zeros();
        for (int c = 0; c < factors.length; c++) {
            double lowest = (unsigned ? 0 : -SIGN) - factors[c];
            factors[c] = lowest == -SIGN ? 1 : Math.max(-lowest, lowest + 255) / Quantizer.LARGEST_CODE;
        }
        if (factors.length > 1 && factors.length != quantizer.scales().length) {
            throw new RefusedException("'" + quantizer.first().name() + "' has more zero points than scales");
        }
        double[] scales = quantizer.scales();
        if (scales.length == 1) {
            double end = Quantizer.LARGEST_CODE * scales[0] * factors[0];
            clips.keep(change, quantizer, new Clippings.Bounds(-end, end));
        }
        return factors;
    }

    /** Makes INT8 codes of stored ones; the result says by how much the step of each channel grows, 1 where they fit. */
    private double[] recode(Change change, Quantizer quantizer) {
        Tensor codes = quantizer.data().constant();
        if (codes == null) {
            throw new RefusedException(
                    "'" + quantizer.data().name() + "' is neither stored nor quantized in the model");
        }
        byte[] bytes = ((Storage.Inline) weights.load(codes).storage()).bytes();
        boolean unsigned = codes.type() == DataType.UINT8;
        double[] zeros = quantizer.zeros();
        int scales = quantizer.scales().length;
        Channels channels = Channels.of(codes.shape(), scales, quantizer.axis());
        int[] shifted = new int[bytes.length];
        byte[] signed = new byte[bytes.length];
        double[] factors = new double[scales];
        Arrays.fill(factors, 1);
        for (int i = 0; i < bytes.length; i++) {
            int c = channels.of(i);
            shifted[i] = (unsigned ? bytes[i] & 0xFF : bytes[i]) - (int) zeros[zeros.length == 1 ? 0 : c];
            if (shifted[i] < Byte.MIN_VALUE || shifted[i] > Byte.MAX_VALUE) {
                factors[c] = Math.max(factors[c], Math.abs(shifted[i]) / Quantizer.LARGEST_CODE);
            }
        }
        for (int i = 0; i < bytes.length; i++) {
            signed[i] = (byte) Math.rint(shifted[i] / factors[channels.of(i)]);
        }
        String name = scope.fresh(codes.name() + "_int8");
        change.edit(new Edit.SetInitializer(weights.keep(Tensors.int8(name, codes.shape(), signed))));
        for (Node dq : quantizer.dequantizes()) {
            change.edit(new Edit.SetInput(dq, 0, name));
        }
        return factors;
    }

    /** With another zero point than that of the Q, a DQ adds a constant, which no zero point of 0 does. */
    private static void requireSameZeroPoints(Quantizer quantizer) {
        for (Node dq : quantizer.dequantizes()) {
            if (!Arrays.equals(quantizer.zeros(), Quantizer.alone(dq).zeros())) {
                throw new RefusedException("'" + dq.name() + "' has another zero point than '"
                        + quantizer.first().name() + "', so it adds a constant");
            }
        }
    }

    private void retype(Change change, Quantizer quantizer, double[] factors, boolean exact) {
        Map<Value, String> zeros = new HashMap<>();
        Map<Value, String> scaled = new HashMap<>();
        for (Node node : quantizer.nodes()) {
            Quantizer own = Quantizer.alone(node);
            change.takes(node)
                    .edit(new Edit.SetInput(
                            node, 2, zeros.computeIfAbsent(node.input(1), v -> zero(change, own, DataType.INT8))));
            if (!exact) {
                String scale = scaled.computeIfAbsent(node.input(1), v -> scaled(change, own, factors));
                change.edit(new Edit.SetInput(node, 1, scale));
            }
        }
        Node q = quantizer.quantize();
        if (q != null) {
            change.edit(new Edit.Declare(
                            q.output(0).name(), DataType.INT8, q.output(0).shape()))
                    .edit(new Edit.RemoveAttribute(q, "output_dtype"));
        }
    }

    /** A zero point of 0 for each scale. */
    private String zero(Change change, Quantizer quantizer, DataType type) {
        String name = scope.fresh(quantizer.first().input(1).name() + "_zero_point");
        change.edit(new Edit.SetInitializer(
                Tensors.zeros(name, type, quantizer.scale().shape())));
        return name;
    }

    private String scaled(Change change, Quantizer quantizer, double[] factors) {
        Tensor scale = quantizer.scale();
        String name = scope.fresh(quantizer.first().input(1).name() + "_symmetric");
        double[] scales = quantizer.scales();
        for (int c = 0; c < scales.length; c++) {
            scales[c] *= factors[factors.length == 1 ? 0 : c];
        }
        change.edit(new Edit.SetInitializer(Tensors.floats(name, scale.type(), scale.shape(), scales)));
        return name;
    }

    Change matchZeroPoint(MatchZeroPoint rewrite) {
        Quantizer quantizer = Quantizer.of(rewrite.quantizer());
        Map<Value, String> zeros = new HashMap<>();
        Change change = new Change();
        for (Node node : quantizer.nodes()) {
            Quantizer own = Quantizer.alone(node);
            boolean zero = Arrays.stream(own.zeros()).allMatch(z -> z == 0);
            if (!zero && node == quantizer.first()) {
                throw new RefusedException("'" + node.name() + "' has a zero point other than 0");
            }
            // A DQ with another zero point than its Q keeps it: it adds a constant.
            if (zero) {
                String name = zeros.computeIfAbsent(node.input(1), v -> zero(change, own, quantizer.type()));
                change.takes(node).edit(new Edit.SetInput(node, 2, name));
            }
        }
        return change.says(
                Exactness.EXACT, 0, "'" + quantizer.first().name() + "' has a zero point of 0 for each of its scales");
    }
}
