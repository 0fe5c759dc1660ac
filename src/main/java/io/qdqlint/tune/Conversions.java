package io.qdqlint.tune;

import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.MeasuredEngine;
import java.util.List;

/**
 * The time of a kernel that only converts on a device, by the number of elements.
 *
 * @param launch microseconds of the smallest
 * @param perByte microseconds for each byte that is read or written
 */
record Conversions(double launch, double perByte) {
    /** The times for an engine without such kernels: those of a GPU that moves a terabyte per second. */
    private static final Conversions USUAL = new Conversions(2, 1e-6);

    private static final int FLOAT_BYTES = 2;

    /** As the engine's own quantize kernels show. */
    static Conversions of(MeasuredEngine engine) {
        List<EngineLayer> kernels = engine.engine().standAloneQuantizers().stream()
                .filter(l -> engine.micros(l) > 0 && bytes(l) > 0)
                .toList();
        double launch = engine.engine().layers().stream()
                .mapToDouble(engine::micros)
                .filter(m -> m > 0)
                .min()
                .orElse(USUAL.launch);
        if (kernels.isEmpty()) {
            return new Conversions(launch, USUAL.perByte);
        }
        double bytes = kernels.stream().mapToDouble(Conversions::bytes).sum();
        double above = engine.sum(kernels) - launch * kernels.size();
        return new Conversions(launch, Math.max(0.1 * USUAL.perByte, above / bytes));
    }

    private static double bytes(EngineLayer layer) {
        return layer.inputs().stream().mapToDouble(t -> t.bytes()).sum()
                + layer.outputs().stream().mapToDouble(t -> t.bytes()).sum();
    }

    /** Microseconds to quantize so many elements. */
    double kernel(double elements) {
        return launch + elements * (FLOAT_BYTES + 1) * perByte;
    }

    /** Microseconds that a layer takes longer that writes them in floating point. */
    double wider(double elements) {
        return elements * (FLOAT_BYTES - 1) * perByte;
    }
}
