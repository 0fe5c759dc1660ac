package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.MakeSymmetric;
import io.qdqlint.rewrite.SetAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gives quantizers parameters that TensorRT's parser takes. */
final class QuantizerChanges {
    private static final int SIGN = 0x80;
    private static final double CODES = 127;

    private static final int ONNX_DEFAULT_AXIS = 1;

    private final Scope scope;
    private final Weights weights;

    QuantizerChanges(Scope scope, Weights weights) {
        this.scope = scope;
        this.weights = weights;
    }

    Change fold(FoldConstant rewrite) {
        Node dq = rewrite.dequantize();
        Value out = dq.output(0);
        Quantizer quantizer = Quantizer.of(dq);
        Tensor codes = dq.input(0).constant();
        if (codes == null || quantizer.quantize() != null || out.isGraphOutput()) {
            throw new RefusedException("'" + dq.name() + "' does not dequantize a stored constant for a node");
        }
        if (quantizer.scale().type() != DataType.FLOAT) {
            throw new RefusedException("the scale of '" + dq.name() + "' is not FLOAT");
        }
        double[] integers = weights.doubles(codes);
        double[] scales = quantizer.scales();
        double[] zeros = quantizer.zeros();
        Channels channels = Channels.of(codes.shape(), scales.length, dq.intAttribute("axis", 1));
        double[] values = new double[integers.length];
        for (int i = 0; i < values.length; i++) {
            int c = channels.of(i);
            long difference = (long) integers[i] - (long) zeros[zeros.length == 1 ? 0 : c];
            // Two roundings, as onnxruntime's DequantizeLinear has them.
            values[i] = (float) difference * (float) scales[c];
        }
        Tensor folded = weights.keep(Tensors.floats(out.name(), DataType.FLOAT, codes.shape(), values));
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

    /** The axis that ONNX takes where a node says none, if it fits; else the only one that does. */
    Change setAxis(SetAxis rewrite) {
        Quantizer quantizer = Quantizer.of(rewrite.quantizer());
        int count = quantizer.scales().length;
        Shape shape = quantizer.data().shape();
        List<Integer> fitting = new ArrayList<>();
        for (int axis = 0; shape != null && axis < shape.rank(); axis++) {
            if (shape.dim(axis) == count) {
                fitting.add(axis);
            }
        }
        if (!fitting.contains(ONNX_DEFAULT_AXIS) && fitting.size() != 1) {
            throw new RefusedException("'" + quantizer.first().name() + "' has " + count + " scales, and which axis of "
                    + shape + " they are for can't be told");
        }
        long axis = fitting.contains(ONNX_DEFAULT_AXIS) ? ONNX_DEFAULT_AXIS : fitting.get(0);
        Change change = new Change();
        for (Node node : quantizer.nodes()) {
            change.takes(node).edit(new Edit.SetAttribute(node, new Attribute("axis", axis)));
        }
        return change.says(Exactness.EXACT, 0, "'" + quantizer.first().name() + "' says axis " + axis);
    }

    Change makeSymmetric(MakeSymmetric rewrite) {
        Quantizer quantizer = Quantizer.of(rewrite.quantizer());
        double[] zeros = quantizer.zeros();
        double zero = zeros[0];
        for (double z : zeros) {
            if (z != zero) {
                throw new RefusedException("'" + quantizer.first().name() + "' has more than one zero point");
            }
        }
        boolean unsigned = quantizer.type() == DataType.UINT8;
        if (!unsigned && quantizer.type() != DataType.INT8) {
            throw new RefusedException("'" + quantizer.first().name() + "' is of type "
                    + quantizer.type().onnxName() + ", which has no INT8 counterpart");
        }
        boolean shifted = unsigned && zero == SIGN;
        double lowest = (unsigned ? 0 : -SIGN) - zero;
        double highest = lowest + 255;
        double factor = shifted ? 1 : Math.max(-lowest, highest) / CODES;
        Change change = new Change();
        if (quantizer.quantize() == null) {
            storedCodes(change, quantizer, zero, factor);
        } else {
            onlyDequantized(quantizer);
        }
        retype(change, quantizer, factor);
        double largest = quantizer.scales()[0] * factor;
        if (shifted) {
            return change.says(
                    Exactness.EXACT,
                    0,
                    "'" + quantizer.first().name()
                            + "' is INT8 with zero point 0: codes are 128 less, values the same");
        }
        return change.says(
                Exactness.CHANGES_NUMERICS,
                largest / 2,
                String.format(
                        Locale.ROOT,
                        "'%s' is INT8 with zero point 0 and scale %.4g, %.2f times what it was, which keeps its range",
                        quantizer.first().name(),
                        largest,
                        factor));
    }

    private static void onlyDequantized(Quantizer quantizer) {
        Value codes = quantizer.quantize().output(0);
        if (codes.isGraphOutput()
                || codes.uses().size() != quantizer.dequantizes().size()) {
            throw new RefusedException("'" + codes.name() + "' is read by others than DequantizeLinear");
        }
    }

    private void storedCodes(Change change, Quantizer quantizer, double zero, double factor) {
        Tensor codes = quantizer.data().constant();
        if (codes == null) {
            throw new RefusedException(
                    "'" + quantizer.data().name() + "' is neither stored nor quantized in the model");
        }
        byte[] bytes = ((Storage.Inline) weights.load(codes).storage()).bytes();
        boolean unsigned = codes.type() == DataType.UINT8;
        byte[] signed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            double code = unsigned ? bytes[i] & 0xFF : bytes[i];
            signed[i] = (byte) Math.rint((code - zero) / factor);
        }
        String name = scope.fresh(codes.name() + "_int8");
        change.edit(new Edit.SetInitializer(weights.keep(Tensors.int8(name, codes.shape(), signed))));
        for (Node dq : quantizer.dequantizes()) {
            change.edit(new Edit.SetInput(dq, 0, name));
        }
    }

    private void retype(Change change, Quantizer quantizer, double factor) {
        Tensor scale = quantizer.scale();
        Tensor zero = quantizer.zeroPoint();
        String base = quantizer.first().input(1).name();
        String zeroName = scope.fresh(base + "_zero_point");
        Shape shape = zero == null ? scale.shape() : zero.shape();
        change.edit(new Edit.SetInitializer(Tensors.zeros(zeroName, DataType.INT8, shape)));
        String scaleName = base;
        if (factor != 1) {
            scaleName = scope.fresh(base + "_symmetric");
            double[] scales = quantizer.scales();
            for (int i = 0; i < scales.length; i++) {
                scales[i] *= factor;
            }
            change.edit(new Edit.SetInitializer(Tensors.floats(scaleName, scale.type(), scale.shape(), scales)));
        }
        for (Node node : quantizer.nodes()) {
            change.takes(node).edit(new Edit.SetInput(node, 1, scaleName)).edit(new Edit.SetInput(node, 2, zeroName));
        }
        Node q = quantizer.quantize();
        if (q != null) {
            change.edit(new Edit.Declare(
                    q.output(0).name(), DataType.INT8, q.output(0).shape()));
            if (q.attribute("output_dtype") != null) {
                change.edit(new Edit.RemoveAttribute(q, "output_dtype"));
            }
        }
    }
}
