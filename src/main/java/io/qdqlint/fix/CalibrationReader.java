package io.qdqlint.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    /** The number of bytes that show whether a file is text. */
    private static final int HEAD = 4096;

    /** Characters of a line that a message shows. */
    private static final int SHOWN = 60;

    private CalibrationReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read, is none of these or names no tensor; the message says what is wrong with it
     */
    public static Calibration read(Path file) throws IOException {
        String text = text(file);
        Map<String, Double> magnitudes = new HashMap<>();
        if (text.startsWith("{")) {
            json(text, magnitudes);
        } else if (text.startsWith("TRT-")) {
            int firstLine = text.indexOf('\n');
            lines(firstLine < 0 ? "" : text.substring(firstLine + 1), ": ", true, magnitudes);
        } else {
            lines(text, " ", false, magnitudes);
        }
        if (magnitudes.isEmpty()) {
            throw new IOException(text.isEmpty() ? "the file is empty" : "the file holds no range of any tensor");
        }
        return new Calibration(magnitudes);
    }

    /** The file's text, without a byte order mark and spaces around it. */
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            for (byte b : head) {
                if (b == 0) {
                    throw binary();
                }
            }
            byte[] rest = in.readAllBytes();
            ByteBuffer all = ByteBuffer.allocate(Math.addExact(head.length, rest.length));
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(all.put(head).put(rest).flip())
                    .toString();
            return text.replaceFirst("^\\ufeff", "").strip();
        } catch (CharacterCodingException e) {
            throw binary();
        }
    }

    private static IOException binary() {
        return new IOException("this is a binary file; a calibration file is TensorRT's calibration cache, JSON, or "
                + "a line 'name magnitude' per tensor. ONNX Runtime writes calibration.json and calibration.cache next to its "
                + "calibration.flatbuffers: give one of these");
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
                                ? Float.intBitsToFloat(Integer.parseUnsignedInt(value, 16)) * Quantizer.LARGEST_CODE
                                : Math.abs(Double.parseDouble(value)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new IOException(
                        "the line '" + start(line) + "' is not a tensor with its range; a calibration file is "
                                + "TensorRT's cache, JSON, or a line 'name magnitude' per tensor",
                        e);
            }
        }
    }

    private static String start(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "\u2026";
    }

    private static void json(String text, Map<String, Double> into) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (StreamConstraintsException e) {
            throw new IOException(
                    "it is no calibration file: its JSON is nested too deep, or a name or number has no end", e);
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
