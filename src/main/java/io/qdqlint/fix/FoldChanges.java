package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.LeaveInFloat;
import java.util.Locale;

/** Dequantizes stored codes once and for all, so that their DQ can go. */
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

    /** What stored codes stand for, as a constant of that name. */
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
