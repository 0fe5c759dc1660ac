package io.qdqlint.trt;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of the layer names TensorRT makes up. Fused parts are joined by {@code " + "}, horizontally merged ones by
 * {@code " || "}; {@code PWN(a, b)} is a group of pointwise operations, possibly nested; {@code {ForeignNode[a...b]}} a
 * Myelin region from node a to node b; copies of one node end in {@code _clone_N}.
 */
final class LayerNames {
    private static final Pattern PROFILE = Pattern.compile(" \\[profile (\\d{1,9})]$");
    private static final Pattern ONNX =
            Pattern.compile("\\[ONNX Layer: (.*?)](?=[\\x1e\\x1f]|\\[ONNX Layer|$)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]");
    private static final Pattern CLONE =
            Pattern.compile("(?:_clone_\\d+|_quantize_scale_node|_dequantize_scale_node)+$");
    private static final Pattern COPY =
            Pattern.compile("^Reformatting CopyNode for (?:Input|Output) Tensor \\d+ to (.*)$");
    private static final Pattern FOREIGN = Pattern.compile("^\\{ForeignNode\\[(.*?)(?:\\.\\.\\.(.*))?]}$");

    private LayerNames() {}

    /** The optimization profile that the name's suffix speaks of; 0 without a suffix. */
    static int profile(String name) {
        Matcher m = PROFILE.matcher(name);
        return m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    /** The name without the suffix of the optimization profile. */
    static String withoutProfile(String name) {
        return PROFILE.matcher(name).replaceFirst("");
    }

    /** The names in a {@code Metadata} field; entries are joined by the control characters 0x1E and 0x1F. */
    static List<String> inMetadata(String metadata) {
        Set<String> out = new LinkedHashSet<>();
        Matcher m = ONNX.matcher(metadata);
        while (m.find()) {
            String name = CONTROL.matcher(m.group(1)).replaceAll("").strip();
            if (!name.isEmpty()) {
                out.add(name);
            }
        }
        return List.copyOf(out);
    }

    /**
     * The ONNX names in a layer's name, for engines without {@code Metadata} (before 8.6). Names of weights are among
     * them. A copy that TensorRT put before a layer comes from no node.
     */
    static List<String> inName(String name) {
        if (COPY.matcher(name).find()) {
            return List.of();
        }
        Set<String> out = new LinkedHashSet<>();
        collect(name, out);
        return List.copyOf(out);
    }

    /** The layer that a {@code Reformatting CopyNode} serves, or null if the name is not one's. */
    static String servedBy(String name) {
        Matcher m = COPY.matcher(name);
        return m.find() ? m.group(1) : null;
    }

    /** The name with a copy node's preamble taken off and no longer than a line can hold. */
    static String shorten(String name) {
        String served = servedBy(name);
        String text = served == null ? name : "copy for " + served;
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    private static void collect(String text, Set<String> out) {
        List<String> parts = split(text.strip());
        if (parts.size() > 1) {
            parts.forEach(p -> collect(p, out));
            return;
        }
        String part = text.strip();
        if (part.startsWith("PWN(") && part.endsWith(")")) {
            collect(part.substring(4, part.length() - 1), out);
            return;
        }
        Matcher foreign = FOREIGN.matcher(part);
        if (foreign.matches()) {
            collect(foreign.group(1), out);
            if (foreign.group(2) != null) {
                collect(foreign.group(2), out);
            }
            return;
        }
        String bare = CLONE.matcher(part).replaceFirst("");
        if (!bare.isEmpty() && !bare.startsWith("(Unnamed Layer*") && !bare.startsWith("__my")) {
            out.add(bare);
        }
    }

    /** Splits at {@code " + "}, {@code " || "} and {@code ", "} outside brackets. */
    private static List<String> split(String text) {
        List<String> out = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '{') {
                depth++;
            } else if (c == ')' || c == '}') {
                depth--;
            } else if (depth == 0) {
                int length = separatorAt(text, i);
                if (length > 0) {
                    out.add(text.substring(from, i));
                    i += length - 1;
                    from = i + 1;
                }
            }
        }
        out.add(text.substring(from));
        return out;
    }

    private static int separatorAt(String text, int at) {
        for (String separator : List.of(" + ", " || ", ", ")) {
            if (text.startsWith(separator, at)) {
                return separator.length();
            }
        }
        return 0;
    }
}
