package io.qdqlint.verify;

import java.util.Arrays;

/**
 * How far an output is from what it was, over all runs.
 *
 * @param same whether it is the same bit for bit
 * @param maxError largest absolute difference; NaN where only one of both is NaN
 * @param sqnr signal to quantization noise ratio in dB, 10 log10 of the sum of squares over that of the differences;
 *     infinite when equal
 * @param top1 share of the positions whose largest entry along axis 1 (the class, in [N, C] and [N, C, H, W]) is the same;
 *     NaN where there is no such axis
 */
public record Drift(String output, boolean same, double maxError, double sqnr, double top1) {

    /** Adds up runs. */
    static final class Sum {
        private final String output;
        private boolean same = true;
        private double maxError;
        private double signal;
        private double noise;
        private long agree;
        private long positions;

        Sum(String output) {
            this.output = output;
        }

        void add(Feed before, Feed after) {
            same = same
                    && before.type() == after.type()
                    && Arrays.equals(before.shape(), after.shape())
                    && Arrays.equals(before.bytes(), after.bytes());
            double[] a = before.doubles();
            double[] b = after.doubles();
            if (a.length != b.length) {
                maxError = Double.NaN;
                return;
            }
            for (int i = 0; i < a.length; i++) {
                double error = Double.compare(a[i], b[i]) == 0 ? 0 : Math.abs(a[i] - b[i]);
                maxError = Double.isNaN(error) ? error : Math.max(maxError, error);
                signal += a[i] * a[i];
                noise += error * error;
            }
            countTop(before.shape(), a, b);
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

        Drift drift() {
            double sqnr = noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
            return new Drift(output, same, maxError, sqnr, positions == 0 ? Double.NaN : (double) agree / positions);
        }
    }
}
