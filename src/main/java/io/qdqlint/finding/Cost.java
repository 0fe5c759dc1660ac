package io.qdqlint.finding;

/**
 * What a finding costs, by the forecast.
 *
 * @param kernels avoidable kernels
 * @param bytes bytes these kernels move per inference; -1 when a shape is unknown
 * @param micros estimated microseconds per inference on the device asked for; NaN when unknown
 */
public record Cost(int kernels, long bytes, double micros) {
    public static final Cost NONE = new Cost(0, 0, 0);

    public Cost plus(Cost other) {
        return new Cost(
                kernels + other.kernels,
                bytes < 0 || other.bytes < 0 ? -1 : bytes + other.bytes,
                micros + other.micros);
    }
}
