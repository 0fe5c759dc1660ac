package io.qdqlint.trt.verdict;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.MeasuredEngine;
import java.util.List;

/**
 * A diagnosis compared with the engine that TensorRT built.
 *
 * @param diagnosis with measured costs in the place of estimates wherever the engine shows what a finding speaks of
 * @param engine null if the build failed
 * @param build the verdict on the forecast that the model builds, or that it does not
 * @param findings in the order of the diagnosis
 * @param kernels in the order of the forecast
 * @param unforeseen stand-alone quantizers that were not forecast
 * @param layers the weighted layers whose precision the engine shows
 */
public record Validation(
        Diagnosis diagnosis,
        MeasuredEngine engine,
        BuildLog log,
        Verdict build,
        List<JudgedFinding> findings,
        List<JudgedKernel> kernels,
        List<EngineLayer> unforeseen,
        List<JudgedLayer> layers) {

    /** A finding; {@code finding} has the measured cost if confirmed. */
    public record JudgedFinding(Finding finding, Verdict verdict) {}

    /** A kernel of the forecast, with the measured time if confirmed. */
    public record JudgedKernel(Forecast.Kernel kernel, Verdict verdict) {}

    /**
     * A weighted layer.
     *
     * @param measured the precision it reads in the engine
     */
    public record JudgedLayer(Forecast.Layer layer, String measured) {
        /** Whether it reads INT8 (or FP8, INT4) as forecast; which floating-point type TensorRT picks is left to it. */
        public boolean isRight() {
            return layer.precision().equals(measured) || isFloat(layer.precision()) && isFloat(measured);
        }

        private static boolean isFloat(String precision) {
            return precision.equals("fp32") || precision.equals("fp16") || precision.equals("bf16");
        }
    }

    /** How many findings came out so. */
    public long findings(Verdict.Outcome outcome) {
        return findings.stream().filter(f -> f.verdict().outcome() == outcome).count();
    }

    /** How many forecast kernels came out so. */
    public long kernels(Verdict.Outcome outcome) {
        return kernels.stream().filter(k -> k.verdict().outcome() == outcome).count();
    }
}
