package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.RepairScale;
import java.util.Arrays;
import java.util.Locale;

/** Replaces scales that are zero, negative, infinite or NaN. */
final class ScaleRepair {
    /** The smallest FP16 number, which stays above zero in every type; NVIDIA's ModelOpt writes it for the same purpose. */
    static final double TINY = Math.scalb(1.0, -24);

    private final Scope scope;
    private final Weights weights;
    private final Calibration calibration;

    ScaleRepair(Scope scope, Weights weights, Calibration calibration) {
        this.scope = scope;
        this.weights = weights;
        this.calibration = calibration;
    }

    Change repair(RepairScale rewrite) {
        Quantizer quantizer = Quantizer.of(rewrite.quantizer());
        quantizer.requireOwnCodes();
        double[] old = quantizer.scales();
        double[] repaired = old.clone();
        double[] magnitudes = null;
        double bound = 0;
        boolean exact = true;
        int bad = 0;
        for (int c = 0; c < old.length; c++) {
            if (old[c] > 0 && old[c] < Double.POSITIVE_INFINITY) {
                continue;
            }
            bad++;
            if (old[c] < 0 && old[c] > Double.NEGATIVE_INFINITY) {
                repaired[c] = -old[c];
            } else {
                magnitudes = magnitudes == null ? magnitudes(quantizer, old) : magnitudes;
                boolean stored = quantizer.quantize() == null;
                if (magnitudes[c] > 0 && stored) {
                    throw new RefusedException(
                            "the codes of '" + quantizer.data().name() + "' are not all 0, but their scale is " + old[c]
                                    + ", so their values are lost; export the model again");
                }
                exact &= stored && old[c] == 0;
                repaired[c] = magnitudes[c] > 0 ? magnitudes[c] / Quantizer.LARGEST_CODE : TINY;
            }
            exact &= old[c] >= 0 || stored(quantizer);
            bound = Math.max(bound, repaired[c]);
        }
        if (bad == 0) {
            throw new RefusedException("the scale of '" + quantizer.first().name() + "' is good");
        }
        Change change = write(quantizer, repaired);
        boolean zeros = stored(quantizer) && negate(change, quantizer, old);
        Exactness stored = zeros ? Exactness.ROUNDING : Exactness.EXACT;
        return change.says(
                exact ? stored : Exactness.CHANGES_NUMERICS,
                exact ? 0 : bound,
                String.format(
                        Locale.ROOT,
                        "%d of %d scales of '%s' replaced, the largest by %.4g",
                        bad,
                        old.length,
                        quantizer.first().name(),
                        bound));
    }

    private static boolean stored(Quantizer quantizer) {
        return quantizer.quantize() == null;
    }

    /**
     * A code times a negative scale is its negative times the positive one.
     *
     * @return whether there are codes 0 among them, which stood for -0 and now stand for 0: other bits
     */
    private boolean negate(Change change, Quantizer quantizer, double[] old) {
        if (Arrays.stream(old).noneMatch(s -> s < 0)) {
            return false;
        }
        Tensor codes = quantizer.data().constant();
        if (codes == null
                || codes.type() != DataType.INT8
                || Arrays.stream(quantizer.zeros()).anyMatch(z -> z != 0)) {
            throw new RefusedException("the scale of '" + quantizer.first().name()
                    + "' is negative, and its codes are not stored INT8 with zero point 0");
        }
        double[] values = weights.doubles(codes);
        Channels channels = Channels.of(codes.shape(), old.length, quantizer.axis());
        byte[] negated = new byte[values.length];
        boolean zeros = false;
        for (int i = 0; i < values.length; i++) {
            boolean turned = old[channels.of(i)] < 0;
            zeros |= turned && values[i] == 0;
            double code = turned ? -values[i] : values[i];
            if (code > Byte.MAX_VALUE) {
                throw new RefusedException(
                        "the codes '" + codes.name() + "' contain -128 and have a negative scale, but INT8 has no 128");
            }
            negated[i] = (byte) code;
        }
        String name = scope.fresh(codes.name() + "_negated");
        change.edit(new Edit.SetInitializer(weights.keep(Tensors.int8(name, codes.shape(), negated))))
                .edit(new Edit.SetInput(quantizer.first(), 0, name));
        return zeros;
    }

    private Change write(Quantizer quantizer, double[] repaired) {
        Tensor scale = quantizer.scale();
        String name = scope.fresh(quantizer.first().input(1).name() + "_repaired");
        Change change =
                new Change().edit(new Edit.SetInitializer(Tensors.floats(name, scale.type(), scale.shape(), repaired)));
        for (Node node : quantizer.nodes()) {
            change.takes(node).edit(new Edit.SetInput(node, 1, name));
            if (quantizer.quantize() != null && node != quantizer.quantize()) {
                change.touches(node.output(0).name());
            }
        }
        return change;
    }

    /** The largest magnitude per scale: of the stored weights or codes, else what the calibration file says. */
    private double[] magnitudes(Quantizer quantizer, double[] scales) {
        Value data = quantizer.data();
        double[] largest = new double[scales.length];
        if (data.constant() != null) {
            double[] values = weights.doubles(data.constant());
            boolean codes = !data.constant().type().isFloat();
            double[] zeros = codes && data.type() != DataType.INT32 ? quantizer.zeros() : new double[1];
            long axis = quantizer.axis();
            Channels channels = Channels.of(data.constant().shape(), scales.length, axis);
            for (int i = 0; i < values.length; i++) {
                int c = channels.of(i);
                double zero = codes ? zeros[zeros.length == 1 ? 0 : c] : 0;
                largest[c] = Math.max(largest[c], Math.abs(values[i] - zero));
            }
            return largest;
        }
        if (scales.length > 1) {
            throw new RefusedException(
                    "'" + quantizer.first().name() + "' has several scales, some of them bad, for an activation, "
                            + "for which TensorRT accepts one scale only");
        }
        largest[0] = calibration
                .magnitude(data.name())
                .or(() -> elsewhere(quantizer))
                .orElseThrow(() -> new RefusedException("it needs the range of '" + data.name()
                        + "', which is not in the model; give it with --calibration"));
        return largest;
    }

    /** The range of another quantizer of the same tensor. */
    private static java.util.Optional<Double> elsewhere(Quantizer quantizer) {
        return quantizer.data().uses().stream()
                .map(Value.Use::node)
                .filter(n -> n != quantizer.quantize() && Quantizer.isQuantize(n))
                .map(Quantizer::of)
                .filter(q -> q.scale().doubles().isPresent() && q.scales().length == 1 && q.type() == DataType.INT8)
                .map(q -> q.scales()[0] * Quantizer.LARGEST_CODE)
                .filter(m -> m > 0 && m < Double.POSITIVE_INFINITY)
                .max(Double::compare);
    }
}
