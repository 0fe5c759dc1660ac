package io.qdqlint.trt;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The times that trtexec measured for a whole engine.
 *
 * @param throughput inferences per second; NaN where it is not known
 * @param timings by trtexec's name for them, such as {@code Latency} and {@code GPU Compute Time}
 */
public record Performance(double throughput, Map<String, Timing> timings) {
    public static final String LATENCY = "Latency";
    public static final String GPU_TIME = "GPU Compute Time";

    /**
     * Milliseconds per inference.
     *
     * @param percentiles by percent; which ones there are differs from version to version
     */
    public record Timing(double min, double max, double mean, double median, Map<Double, Double> percentiles) {}

    /** Median milliseconds of GPU time; empty without a summary. */
    public OptionalDouble medianGpuMs() {
        Timing gpu = timings.get(GPU_TIME);
        return gpu == null ? OptionalDouble.empty() : OptionalDouble.of(gpu.median());
    }

    /** Milliseconds of latency that 99 % of inferences stay below. */
    public OptionalDouble p99LatencyMs() {
        Timing latency = timings.get(LATENCY);
        return latency == null || !latency.percentiles().containsKey(99.0)
                ? OptionalDouble.empty()
                : OptionalDouble.of(latency.percentiles().get(99.0));
    }

    /** Median milliseconds of latency. */
    public OptionalDouble medianLatencyMs() {
        Timing latency = timings.get(LATENCY);
        return latency == null ? OptionalDouble.empty() : OptionalDouble.of(latency.median());
    }
}
