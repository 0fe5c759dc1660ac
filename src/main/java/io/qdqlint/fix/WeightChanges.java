package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.QuantizeWeight;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Quantizes weights; the stored values give the range. */
final class WeightChanges {
    private final Scope scope;
    private final Weights weights;

    WeightChanges(Scope scope, Weights weights) {
        this.scope = scope;
        this.weights = weights;
    }

    Change quantize(QuantizeWeight rewrite) {
        Node node = rewrite.node();
        Value weight = node.input(1);
        Tensor stored = weight.constant();
        if (stored == null || !stored.type().isFloat()) {
            throw new RefusedException("the weight of '" + node.name() + "' is not stored in floating point");
        }
        int axis = OutputChannels.axis(node, stored.shape().rank());
        int count = Math.toIntExact(stored.shape().dim(axis));
        double[] scales = scales(stored, count, axis);
        Shape shape = Shape.of(count);
        String scale = scope.fresh(weight.name() + "_scale");
        String zero = scope.fresh(weight.name() + "_zero_point");
        String codes = scope.fresh(weight.name() + "_QuantizeLinear_Output");
        String real = scope.fresh(weight.name() + "_DequantizeLinear_Output");
        List<Attribute> along = List.of(new Attribute("axis", (long) axis));
        double step = Arrays.stream(scales).max().orElse(0);
        return new Change()
                .needs(weight)
                .edit(new Edit.SetInitializer(Tensors.floats(scale, stored.type(), shape, scales)))
                .edit(new Edit.SetInitializer(Tensors.zeros(zero, DataType.INT8, shape)))
                .edit(new Edit.AddNode(
                        node,
                        scope.fresh(weight.name() + "_QuantizeLinear"),
                        "QuantizeLinear",
                        List.of(weight.name(), scale, zero),
                        List.of(codes),
                        along))
                .edit(new Edit.AddNode(
                        node,
                        scope.fresh(weight.name() + "_DequantizeLinear"),
                        "DequantizeLinear",
                        List.of(codes, scale, zero),
                        List.of(real),
                        along))
                .edit(new Edit.Declare(codes, DataType.INT8, stored.shape()))
                .edit(new Edit.Declare(real, stored.type(), stored.shape()))
                .edit(new Edit.SetInput(node, 1, real))
                .says(
                        Exactness.CHANGES_NUMERICS,
                        step / 2,
                        String.format(
                                Locale.ROOT,
                                "quantized the weight '%s' of '%s' with %d scales up to %.4g, max|w| / 127: within %.4g of what it was",
                                weight.name(),
                                node.name(),
                                count,
                                step,
                                step / 2));
    }

    private double[] scales(Tensor stored, int count, int axis) {
        double[] values = weights.doubles(stored);
        Channels channels = Channels.of(stored.shape(), count, axis);
        double[] largest = new double[count];
        for (int i = 0; i < values.length; i++) {
            int c = channels.of(i);
            largest[c] = Math.max(largest[c], Math.abs(values[i]));
        }
        for (int c = 0; c < count; c++) {
            if (!(largest[c] < Double.POSITIVE_INFINITY)) {
                throw new RefusedException("'" + stored.name() + "' has values that are not finite");
            }
            // A channel of zeros takes any scale.
            largest[c] = largest[c] > 0 ? largest[c] / Quantizer.LARGEST_CODE : ScaleRepair.TINY;
        }
        return largest;
    }
}
