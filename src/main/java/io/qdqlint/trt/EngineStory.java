package io.qdqlint.trt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One engine in a few sentences. */
public final class EngineStory {
    private EngineStory() {}

    /** One sentence each, the most important first. */
    public static List<String> of(MeasuredEngine engine) {
        List<String> out = new ArrayList<>();
        int layers = engine.engine().layers().size();
        if (engine.isTimed()) {
            out.add(format(
                    "%d layer%s %.3f ms per inference.",
                    layers, layers == 1 ? " takes" : "s take", engine.totalMicros() / 1000));
        } else {
            out.add(layers + (layers == 1 ? " layer" : " layers")
                    + "; times are not known (trtexec writes them with --exportProfile).");
        }
        if (engine.isTimed() && engine.untimed() > 0) {
            out.add("The profile has no time for " + engine.untimed() + " of them: it is not of this build.");
        }
        if (!engine.engine().detailed()) {
            out.add("The file " + Engine.NAMES_ONLY_HINT + ".");
        }
        int quantizers = engine.engine().standAloneQuantizers().size();
        String cost = engine.isTimed() && quantizers > 0
                ? format(
                        " (%.0f µs, %.0f %% of the time)",
                        engine.micros(EngineLayer::isStandAloneQuantizer),
                        100 * engine.micros(EngineLayer::isStandAloneQuantizer) / engine.totalMicros())
                : "";
        out.add("Kernels that only quantize or dequantize: " + quantizers + cost + ".");
        if (engine.engine().detailed() && (!Double.isNaN(engine.quantizedShare()) || engine.untyped() > 0)) {
            out.add("Convolutions and matrix products that read quantized input: " + engine.quantizedShareInWords()
                    + ".");
        }
        Performance performance = engine.log().performance();
        if (performance != null) {
            out.add(format("Throughput %.1f inferences per second.", performance.throughput()));
        }
        return out;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
