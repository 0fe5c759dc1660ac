package io.qdqlint.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads ranges of tensors. It knows, by content:
 *
 * <ul>
 *   <li>TensorRT's calibration cache, which ModelOpt writes too: {@code TRT-8501-EntropyCalibration2}, then a line
 *       {@code name: 3c010a14} per tensor, the bits of an FP32 scale that is the magnitude over 127;
 *   <li>JSON objects from tensor to magnitude, {@code [min, max]}, {@code {"amax": ..}} or {@code {"min": .., "max": ..}};
 *   <li>onnxruntime's {@code calibration.json} ({@code TensorsData}: lowest and highest per tensor) and its text form, a
 *       line {@code name magnitude} per tensor.
 * </ul>
 */
public final class CalibrationReader {
    private static final double CODES = 127;

    private CalibrationReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read or is none of these; the message says what is wrong with it
     */
    public static Calibration read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        Map<String, Double> magnitudes = new HashMap<>();
        if (text.startsWith("{")) {
            json(text, magnitudes);
        } else if (text.startsWith("TRT-")) {
            lines(text.substring(text.indexOf('\n') + 1), ": ", true, magnitudes);
        } else {
            lines(text, " ", false, magnitudes);
        }
        return new Calibration(magnitudes);
    }

    private static void lines(String text, String separator, boolean bits, Map<String, Double> into)
            throws IOException {
        for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
            // The last separator: names hold spaces and colons.
            int at = line.strip().lastIndexOf(separator);
            try {
                String value = line.strip().substring(at + separator.length());
                into.put(
                        line.strip().substring(0, at),
                        bits
                                ? Float.intBitsToFloat(Integer.parseUnsignedInt(value, 16)) * CODES
                                : Math.abs(Double.parseDouble(value)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new IOException(
                        "the line '" + line + "' is not a tensor and its range; a calibration file is "
                                + "TensorRT's cache, JSON, or a line 'name magnitude' per tensor",
                        e);
            }
        }
    }

    private static void json(String text, Map<String, Double> into) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException("it is not valid JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode tensors = root.path("data").isObject() ? root.get("data") : root;
        for (Map.Entry<String, JsonNode> entry : tensors.properties()) {
            if (entry.getValue().isTextual()) {
                continue; // "CLS" and "calibration_method"
            }
            into.put(entry.getKey(), magnitude(entry.getKey(), entry.getValue()));
        }
    }

    private static double magnitude(String tensor, JsonNode node) throws IOException {
        if (node.isNumber()) {
            return Math.abs(node.doubleValue());
        }
        if (node.isArray() && !node.isEmpty()) {
            double largest = 0;
            for (JsonNode bound : node) {
                largest = Math.max(largest, magnitude(tensor, bound));
            }
            return largest;
        }
        double largest = -1;
        for (String key : new String[] {"lowest", "highest", "min", "max", "amax", "data"}) {
            if (node.has(key)) {
                largest = Math.max(largest, magnitude(tensor, node.get(key)));
            }
        }
        if (largest < 0) {
            throw new IOException("the range of '" + tensor + "' is neither a number nor [min, max]");
        }
        return largest;
    }
}
