package io.qdqlint.trt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** An engine, the times of its layers and trtexec's log, as far as these are known. */
public final class MeasuredEngine {
    private final Engine engine;
    private final EngineProfile profile;
    private final BuildLog log;
    private final Map<EngineLayer, Double> micros;

    /** A profile or a log that is not known is null; so good as unknown is a profile in which nothing takes any time. */
    public MeasuredEngine(Engine engine, EngineProfile profile, BuildLog log) {
        this.engine = engine;
        this.profile = profile == null || profile.totalMs() <= 0 ? null : profile;
        this.log = log == null ? BuildLog.NONE : log;
        this.micros = this.profile == null ? Map.of() : profile.micros(engine);
    }

    public Engine engine() {
        return engine;
    }

    public String label() {
        return engine.label();
    }

    public BuildLog log() {
        return log;
    }

    /** Whether layer times are known. */
    public boolean isTimed() {
        return profile != null;
    }

    /** How many layers the profile has no time for; all without a profile. */
    public int untimed() {
        return engine.layers().size() - micros.size();
    }

    /** Microseconds per inference that the layer takes; NaN where that was not measured. */
    public double micros(EngineLayer layer) {
        return micros.getOrDefault(layer, Double.NaN);
    }

    /** Median milliseconds of GPU time, the sum of its layers where there is no summary; empty where neither is known. */
    public OptionalDouble medianGpuMs() {
        OptionalDouble median = log.performance() == null
                ? OptionalDouble.empty()
                : log.performance().medianGpuMs();
        return median.isPresent() || !isTimed() ? median : OptionalDouble.of(profile.totalMs());
    }

    /** Microseconds per inference of all layers together; NaN without a profile. */
    public double totalMicros() {
        return profile == null ? Double.NaN : profile.totalMs() * 1000;
    }

    /** Microseconds per inference of the layers that {@code which} holds for; NaN without a profile. */
    public double micros(Predicate<EngineLayer> which) {
        return profile == null
                ? Double.NaN
                : sum(engine.layers().stream().filter(which).toList());
    }

    /** Microseconds of these layers together; those that were not measured count nothing. */
    public double sum(List<EngineLayer> layers) {
        return layers.stream().mapToDouble(l -> micros.getOrDefault(l, 0.0)).sum();
    }

    /** How many layers {@code which} holds for. */
    public int count(Predicate<EngineLayer> which) {
        return (int) engine.layers().stream().filter(which).count();
    }

    /**
     * Of the convolutions and matrix products whose type the file gives, the share that reads INT8, FP8, INT4 or FP4; NaN if
     * there are none.
     */
    public double quantizedShare() {
        int known = count(MeasuredEngine::isWeighted) - untyped();
        return known == 0
                ? Double.NaN
                : (double) count(l -> isWeighted(l) && l.precision().isQuantized()) / known;
    }

    /** How many convolutions and matrix products the file gives no type of: engines with dynamic shapes have such. */
    public int untyped() {
        return count(l -> isWeighted(l) && l.precision() == Precision.UNKNOWN);
    }

    /** {@link #quantizedShare()} in words: {@code 40 %}, {@code none}, or that it is not known. */
    public String quantizedShareInWords() {
        int untyped = untyped();
        double share = quantizedShare();
        if (Double.isNaN(share)) {
            return untyped == 0 ? "none" : "not known, the file gives no types";
        }
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
        return untyped == 0 ? percent : percent + " of those whose type the file gives (not known of " + untyped + ")";
    }

    private static boolean isWeighted(EngineLayer layer) {
        return layer.kind() == LayerKind.CONVOLUTION || layer.kind() == LayerKind.GEMM;
    }
}
