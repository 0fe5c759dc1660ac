package io.qdqlint.finding;

/**
 * What a finding costs.
 *
 * @param kernels avoidable kernels
 * @param bytes bytes these kernels move per inference; -1 when a shape is unknown
 * @param micros microseconds per inference; NaN when unknown
 * @param measured whether an engine took that time; otherwise it is an estimate for the chosen device
 */
public record Cost(int kernels, long bytes, double micros, boolean measured) {
    public static final Cost NONE = new Cost(0, 0, 0);

    /** An estimate. */
    public Cost(int kernels, long bytes, double micros) {
        this(kernels, bytes, micros, false);
    }

    /** The sum of both. It counts as measured only if every part that takes time was measured. */
    public Cost plus(Cost other) {
        return new Cost(
                kernels + other.kernels,
                bytes < 0 || other.bytes < 0 ? -1 : bytes + other.bytes,
                micros + other.micros,
                micros == 0 ? other.measured : other.micros == 0 ? measured : measured && other.measured);
    }

    /** The cost without a part of it; what is unknown stays unknown. */
    public Cost minus(Cost part) {
        int left = kernels - part.kernels;
        // Sums of the same numbers in another order differ by less.
        double time = Math.abs(micros - part.micros) < 1e-9 ? 0 : micros - part.micros;
        return new Cost(left, bytes < 0 || part.bytes < 0 ? bytes : bytes - part.bytes, time, measured);
    }
}
