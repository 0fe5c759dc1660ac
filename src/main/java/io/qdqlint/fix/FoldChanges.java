package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.FoldClip;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.LeaveInFloat;
import java.util.Locale;

/** Replaces stored codes by their dequantized values, so that the DQ can be removed. */
final class FoldChanges {
    private final Scope scope;
    private final ClipChanges clips;
    private final Weights weights;

    FoldChanges(Scope scope, ClipChanges clips, Weights weights) {
        this.scope = scope;
        this.clips = clips;
        this.weights = weights;
    }

    Change fold(FoldConstant rewrite) {
        Node dq = rewrite.dequantize();
        Value out = dq.output(0);
        Quantizer quantizer = Quantizer.of(dq);
        if (dq.input(0).constant() == null || quantizer.quantize() != null || out.isGraphOutput()) {
            throw new RefusedException("'" + dq.name() + "' does not dequantize a stored constant for a node");
        }
        Tensor folded = dequantized(quantizer, out.name());
        return new Change()
                .takes(dq)
                .edit(new Edit.RemoveNode(dq))
                .edit(new Edit.SetInitializer(folded))
                .says(
                        Exactness.EXACT,
                        0,
                        "'" + out.name() + "' is a stored FLOAT constant with the values that '" + dq.name()
                                + "' gave");
    }

    Change foldClip(FoldClip rewrite) {
        Node clip = rewrite.clip();
        Value out = clip.output(0);
        Node q = clip.input(0).producer();
        double low = bound(clip, 1, Byte.MIN_VALUE);
        double high = bound(clip, 2, Byte.MAX_VALUE);
        if (q != null && q.opType().equals("QuantizeLinear")) {
            return bypass(clip, q, low, high);
        }
        Tensor codes = clip.input(0).constant();
        if (codes == null || codes.type() != DataType.INT8 || out.isGraphOutput()) {
            throw new RefusedException("'" + clip.name() + "' does not clip stored INT8 codes for a node");
        }
        double[] stored = weights.doubles(codes);
        byte[] clipped = new byte[stored.length];
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = (byte) Math.min(Math.max(stored[i], low), high);
        }
        return new Change()
                .takes(clip)
                .edit(new Edit.RemoveNode(clip))
                .edit(new Edit.SetInitializer(weights.keep(Tensors.int8(out.name(), codes.shape(), clipped))))
                .says(Exactness.EXACT, 0, "'" + out.name() + "' is stored as the output of '" + clip.name() + "'");
    }

    /** Removes the Clip if it changes no code that the Q of a stored weight gives. */
    private Change bypass(Node clip, Node q, double low, double high) {
        Quantizer quantizer = Quantizer.of(q);
        Tensor weight = q.input(0).constant();
        if (weight == null
                || weight.type() != DataType.FLOAT
                || q.output(0).type() != DataType.INT8
                || clip.output(0).isGraphOutput()) {
            throw new RefusedException(
                    "'" + clip.name() + "' does not clip the codes of a stored FLOAT weight for a node");
        }
        double[] values = weights.doubles(weight);
        double[] scales = quantizer.scales();
        double[] zeros = quantizer.zeros();
        Channels channels = Channels.of(weight.shape(), scales.length, quantizer.axis());
        for (int i = 0; i < values.length; i++) {
            int c = channels.of(i);
            double code = Math.rint((float) values[i] / (float) scales[c]) + zeros[zeros.length == 1 ? 0 : c];
            double stored = Math.min(Math.max(code, Byte.MIN_VALUE), Byte.MAX_VALUE);
            if (stored < low || stored > high) {
                throw new RefusedException(
                        "'" + clip.name() + "' changes codes of '" + q.input(0).name() + "'");
            }
        }
        return new Change()
                .takes(clip)
                .redirect(clip.output(0), q.output(0).name())
                .says(
                        Exactness.EXACT,
                        0,
                        "removed Clip '" + clip.name() + "', which changes none of the codes that it reads");
    }

    private double bound(Node clip, int slot, double open) {
        if (clip.inputs().size() <= slot || clip.input(slot) == null) {
            return open;
        }
        Tensor bound = clip.input(slot).constant();
        if (bound == null) {
            throw new RefusedException("the bounds of '" + clip.name() + "' are not stored");
        }
        return weights.doubles(bound)[0];
    }

    /** The values of stored codes, as a constant of that name. */
    private Tensor dequantized(Quantizer quantizer, String name) {
        Node dq = quantizer.first();
        Tensor codes = dq.input(0).constant();
        if (quantizer.scale().type() != DataType.FLOAT) {
            throw new RefusedException("the scale of '" + dq.name() + "' is not FLOAT");
        }
        if (dq.intAttribute("block_size", 0) > 0) {
            throw new RefusedException("the scales of '" + dq.name() + "' are for blocks");
        }
        double[] stored = weights.doubles(codes);
        double[] scales = quantizer.scales();
        double[] zeros = quantizer.zeros();
        Channels channels = Channels.of(codes.shape(), scales.length, quantizer.axis());
        double[] values = new double[stored.length];
        for (int i = 0; i < values.length; i++) {
            int c = channels.of(i);
            double difference = stored[i] - zeros[zeros.length == 1 ? 0 : c];
            // Two roundings, as onnxruntime's DequantizeLinear has them.
            values[i] = (float) difference * (float) scales[c];
        }
        return weights.keep(Tensors.floats(name, DataType.FLOAT, codes.shape(), values));
    }

    Change leaveInFloat(LeaveInFloat rewrite) {
        Node layer = rewrite.layer();
        Quantizer read = Quantizer.of(rewrite.data());
        read.requireSameParameters();
        Value data = read.data();
        Quantizer quantizer = Quantizer.of(rewrite.weight());
        Change change = new Change().takes(layer).needs(data);
        change.edit(new Edit.SetInput(layer, 0, clips.keep(change, read, Clippings.Bounds.NONE)));
        String real;
        if (quantizer.quantize() != null) {
            real = quantizer.data().name();
        } else if (quantizer.data().constant() != null) {
            real = scope.fresh(quantizer.data().name() + "_dequantized");
            change.edit(new Edit.SetInitializer(dequantized(quantizer, real)));
        } else {
            throw new RefusedException("the weight of '" + layer.name() + "' is not stored");
        }
        double step = read.perTensorScale();
        return change.edit(new Edit.SetInput(layer, 1, real))
                .says(
                        Exactness.CHANGES_NUMERICS,
                        step / 2,
                        String.format(
                                Locale.ROOT,
                                "'%s' stays in floating point: '%s' is no longer rounded to steps of %.4g before it%s",
                                layer.name(),
                                data.name(),
                                step,
                                rewrite.range() == null
                                        ? ""
                                        : "; with the range of '"
                                                + rewrite.range().name() + "' it could stay INT8 (--calibration)"));
    }
}
