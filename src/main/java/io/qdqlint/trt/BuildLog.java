package io.qdqlint.trt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What trtexec printed.
 *
 * @param version null where the log does not tell
 * @param outcome how trtexec said it ended
 * @param device the GPU's name; empty where the log does not tell
 * @param buildSeconds NaN if no engine was built
 * @param passes how often each of the builder's passes ran, by its name; TensorRT 8.0 reports fusions only, and a log that
 *     is not verbose of none
 * @param performance null without a summary
 */
public record BuildLog(
        TensorRtVersion version,
        Outcome outcome,
        String device,
        double buildSeconds,
        List<LogError> errors,
        List<String> warnings,
        Map<String, Integer> passes,
        Performance performance) {
    public static final BuildLog NONE =
            new BuildLog(null, Outcome.UNKNOWN, "", Double.NaN, List.of(), List.of(), Map.of(), null);

    /** trtexec's last mark: {@code &&&& PASSED} or {@code &&&& FAILED}. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** It was cut off, or is not a log of trtexec. */
        UNKNOWN
    }

    /**
     * An error and the lines that belong to it.
     *
     * @param text without time and level, lines joined by newlines
     * @param node the ONNX node at which it happened, if the lines name one
     */
    public record LogError(String text, Optional<String> node) {}
}
