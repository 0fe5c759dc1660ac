package io.qdqlint.ir;

import java.nio.file.Path;
import java.util.Map;

/**
 * An ONNX model as read from a file.
 *
 * @param file as the user named it
 * @param producer {@code producer_name} and version, possibly empty
 * @param opsets opset version by domain; ONNX's own domain is the empty string
 * @param metadata {@code metadata_props}
 */
public record Model(
        Path file,
        long irVersion,
        String producer,
        Map<String, Long> opsets,
        Graph graph,
        Map<String, String> metadata) {

    /** Version of ONNX's own operator set; 1 where the file does not say. */
    public long opset() {
        return opsets.getOrDefault("", 1L);
    }
}
