package io.qdqlint.verify;

import java.util.Arrays;

/** Adds up the differences between a tensor before and after a fix, run by run. */
final class DriftSum {
    /** Spread of a tensor relative to its magnitude. A tensor with a smaller spread counts as one number with rounding. */
    private static final double ROUNDING = 1e-6;

    private final String tensor;
    private final double zero;
    private Drift.Means means;
    private boolean same = true;
    private boolean broken;
    private double maxError;
    private double signal;
    private double noise;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private long count;
    private long equal;
    private long agree;
    private long positions;

    /**
     * @param means how integers are compared
     * @param zero the zero point where they are codes
     */
    DriftSum(String tensor, Drift.Means means, double zero) {
        this.tensor = tensor;
        this.means = means;
        this.zero = zero;
    }

    void add(Feed before, Feed after) {
        means = before.type().isFloat() ? Drift.Means.NUMBERS : means;
        boolean shaped = after != null && Arrays.equals(before.shape(), after.shape());
        same = same && shaped && before.type() == after.type() && Arrays.equals(before.bytes(), after.bytes());
        double[] a = before.doubles();
        double[] b = shaped ? after.doubles() : new double[0];
        if (a.length != b.length) {
            broken = true;
            return;
        }
        for (int i = 0; i < a.length; i++) {
            add(a[i], b[i]);
        }
        count += a.length;
        if (before.type().isFloat()) {
            countTop(before.shape(), a, b);
        }
    }

    private void add(double was, double is) {
        boolean alike = Double.compare(was, is) == 0 || was == is;
        equal += alike ? 1 : 0;
        if (!Double.isFinite(was) || !Double.isFinite(is)) {
            broken = broken || !alike;
            return;
        }
        double error = Math.abs(was - is);
        maxError = Math.max(maxError, error);
        signal += (was - zero) * (was - zero);
        noise += error * error;
        lowest = Math.min(lowest, was - zero);
        highest = Math.max(highest, was - zero);
    }

    private void countTop(long[] shape, double[] a, double[] b) {
        if (shape.length < 2 || shape[1] < 2) {
            return;
        }
        int classes = (int) shape[1];
        int inner = 1;
        for (int i = 2; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        for (int start = 0; start < a.length; start += classes * inner) {
            for (int i = 0; i < inner; i++) {
                positions++;
                agree += top(a, start + i, classes, inner) == top(b, start + i, classes, inner) ? 1 : 0;
            }
        }
    }

    private static int top(double[] values, int from, int classes, int stride) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = values[from + c * stride] > values[from + best * stride] ? c : best;
        }
        return best;
    }

    private Drift.Level level() {
        double reach = Math.max(Math.abs(lowest), Math.abs(highest));
        if (signal == 0) {
            return Drift.Level.ZERO;
        }
        return count > 1 && highest - lowest <= reach * ROUNDING ? Drift.Level.CONSTANT : Drift.Level.VARIED;
    }

    Drift drift(double floor) {
        return new Drift(
                tensor,
                means,
                same,
                broken ? Double.NaN : maxError,
                noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise),
                positions == 0 ? Double.NaN : (double) agree / positions,
                count == 0 ? 1 : (double) equal / count,
                level(),
                broken,
                floor);
    }
}
