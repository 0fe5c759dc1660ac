package io.qdqlint.verify;

/**
 * The difference between a tensor before and after a fix, over all runs.
 *
 * @param means how it was compared
 * @param same whether it is the same bit for bit
 * @param maxError largest absolute difference; NaN where {@code broken}
 * @param sqnr signal to quantization noise ratio in dB, 10 log10 of the sum of squares over that of the differences;
 * infinite when equal; of codes, without their zero point
 * @param top1 share of the positions whose largest entry along axis 1 (the class, in [N, C] and [N, C, H, W]) is the same;
 * NaN where there is no such axis
 * @param equal share of the elements that are equal
 * @param level what the original holds
 * @param broken whether the shape is another, or a number is NaN or infinite on one side alone
 * @param floor the SQNR in dB that it needs; infinite where it has to be the same bit for bit, negative infinite where
 * nothing is required of it
 */
public record Drift(
        String output,
        Means means,
        boolean same,
        double maxError,
        double sqnr,
        double top1,
        double equal,
        Level level,
        boolean broken,
        double floor) {

    /** The kind of numbers of the tensor. */
    public enum Means {
        /** Floating-point numbers: by SQNR. */
        NUMBERS,
        /** Codes of a quantizer: by the SQNR of the codes. */
        CODES,
        /** Indices, counts and truth values, where a near value is as wrong as any other: by the share that is equal. */
        INDICES;

        /** {@code numbers}, {@code codes}, {@code indices}. */
        public String words() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What the values of the original can show. */
    public enum Level {
        /** Different numbers. */
        VARIED,
        /** One number in all elements, which is not zero. */
        CONSTANT,
        /** Only zeros: relative to them any difference is infinitely large. */
        ZERO
    }

    /** Whether it is as near as it has to be. */
    public boolean holds() {
        if (floor == Double.POSITIVE_INFINITY) {
            return same;
        }
        return !broken && (means == Means.INDICES || sqnr >= floor);
    }
}
