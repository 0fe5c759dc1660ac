package io.qdqlint.verify;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.Optional;

/**
 * The values that a QuantizeLinear does not clip.
 *
 * @param low the value of its smallest code; of several scales, the range that all of them have
 * @param high the value of its largest code
 */
record QuantizerRange(double low, double high) {

    /** The range of a node; empty where it is no QuantizeLinear or its scale is not a usable constant. */
    static Optional<QuantizerRange> of(Node node) {
        double[] codes = codes(node);
        Tensor scales = codes.length == 0 ? null : constant(node.input(1));
        double[] zeros = node.input(2) == null ? new double[] {0} : doubles(constant(node.input(2)));
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        double[] steps = doubles(scales);
        for (int i = 0; i < steps.length && zeros.length > 0; i++) {
            double zero = zeros.length == steps.length ? zeros[i] : zeros[0];
            low = Math.max(low, (codes[0] - zero) * steps[i]);
            high = Math.min(high, (codes[1] - zero) * steps[i]);
        }
        boolean usable = low < high && !Double.isInfinite(low) && !Double.isInfinite(high);
        return usable ? Optional.of(new QuantizerRange(low, high)) : Optional.empty();
    }

    /** The values that neither quantizer clips; the range of this one if there are none. */
    QuantizerRange and(QuantizerRange other) {
        double bottom = Math.max(low, other.low);
        double top = Math.min(high, other.high);
        return bottom < top ? new QuantizerRange(bottom, top) : this;
    }

    boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** The largest magnitude in the range. */
    double reach() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** The smallest and the largest code; none where the node is not a quantizer. */
    private static double[] codes(Node node) {
        if (!node.opType().equals("QuantizeLinear") || node.input(1) == null) {
            return new double[0];
        }
        DataType type = node.input(2) != null
                ? node.input(2).type()
                : DataType.ofCode((int) node.intAttribute("output_dtype", DataType.UINT8.code()));
        return switch (type) {
            case INT16, INT8, INT4, INT2 ->
                new double[] {-Math.scalb(1.0, type.bits() - 1), Math.scalb(1.0, type.bits() - 1) - 1};
            case UINT16, UINT8, UINT4, UINT2 -> new double[] {0, Math.scalb(1.0, type.bits()) - 1};
            case FLOAT8E4M3FN -> new double[] {-448, 448};
            case FLOAT8E4M3FNUZ -> new double[] {-240, 240};
            case FLOAT8E5M2, FLOAT8E5M2FNUZ -> new double[] {-57344, 57344};
            case FLOAT4E2M1 -> new double[] {-6, 6};
            default -> new double[0];
        };
    }

    private static Tensor constant(Value value) {
        return value == null ? null : value.constant();
    }

    private static double[] doubles(Tensor tensor) {
        return tensor == null ? new double[0] : tensor.doubles().orElse(new double[0]);
    }
}
