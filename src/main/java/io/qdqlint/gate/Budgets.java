package io.qdqlint.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.qdqlint.forecast.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model may cost.
 *
 * @param maxExtraKernels most quantize and dequantize kernels that the engine may have beside its layers; null for no limit
 * @param maxLostMicroseconds most time these may take, estimated for the device; null for no limit
 * @param mustBuild whether TensorRT has to build it
 */
public record Budgets(
        @JsonProperty("max-extra-kernels") Integer maxExtraKernels,
        @JsonProperty("max-lost-microseconds") Double maxLostMicroseconds,
        @JsonProperty("must-build") Boolean mustBuild) {
    public static final Budgets NONE = new Budgets(null, null, null);

    public Budgets {
        if (maxExtraKernels != null && maxExtraKernels < 0
                || maxLostMicroseconds != null && !(maxLostMicroseconds >= 0)) {
            throw new IllegalArgumentException("a budget must be 0 or more");
        }
    }

    /** These limits, and where one is not set that of the others. */
    Budgets or(Budgets others) {
        return new Budgets(
                maxExtraKernels != null ? maxExtraKernels : others.maxExtraKernels,
                maxLostMicroseconds != null ? maxLostMicroseconds : others.maxLostMicroseconds,
                mustBuild != null ? mustBuild : others.mustBuild);
    }

    /** What the forecast exceeds, one sentence each. */
    List<String> breaches(Forecast forecast) {
        List<String> out = new ArrayList<>();
        if (Boolean.TRUE.equals(mustBuild) && !forecast.builds()) {
            Forecast.Blocker first = forecast.blockers().get(0);
            out.add("TensorRT will not build it: at node '" + first.node().name() + "': " + first.message());
        }
        int kernels = forecast.kernels().size();
        if (maxExtraKernels != null && kernels > maxExtraKernels) {
            out.add(kernels + " extra kernels; max-extra-kernels is " + maxExtraKernels);
        }
        if (maxLostMicroseconds != null) {
            double micros = forecast.kernels().stream()
                    .mapToDouble(Forecast.Kernel::micros)
                    .sum();
            if (Double.isNaN(micros)) {
                out.add("the time of its extra kernels is not known, so max-lost-microseconds cannot be checked;"
                        + " give the shapes of its inputs");
            } else if (micros > maxLostMicroseconds) {
                out.add(String.format(
                        Locale.ROOT,
                        "extra kernels take an estimated %.1f microseconds on %s; max-lost-microseconds is %s",
                        micros,
                        forecast.device(),
                        maxLostMicroseconds.toString().replaceAll("\\.0$", "")));
            }
        }
        return out;
    }
}
