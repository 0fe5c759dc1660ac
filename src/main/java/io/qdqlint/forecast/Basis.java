package io.qdqlint.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * What a forecast rests on.
 *
 * @param tensorrt the version it is for, such as {@code 10.6}; empty where it is not known
 * @param statements how many statements about TensorRT there are
 * @param holding how many of them hold for that version
 * @param shapes the input shapes that sizes are reported for, as trtexec takes them, where the file leaves some open; otherwise empty
 */
public record Basis(String tensorrt, int statements, int holding, String shapes) {
    /** Of a forecast that was made without statements. */
    public static final Basis NONE = new Basis("", 0, 0, "");

    /** The version whose engines the statements were checked with. */
    public static final String CHECKED = "10.6";

    /** The same with sizes for these input shapes. */
    public Basis assuming(String inputShapes) {
        return new Basis(tensorrt, statements, holding, inputShapes);
    }

    /** Whether the statements were checked with engines of this version. */
    public boolean isChecked() {
        return tensorrt.equals(CHECKED);
    }

    /** Sentences for the reader; none for the version that was checked and a model of fixed shapes. */
    public List<String> sentences() {
        List<String> out = new ArrayList<>();
        if (!shapes.isEmpty()) {
            out.add("open dimensions count as 1 in sizes and times, as trtexec takes them: --shapes=" + shapes
                    + "; give others with --shapes");
        }
        if (isChecked() || statements == 0) {
            return out;
        }
        out.add(holding + " of " + statements + " statements about TensorRT are known to hold for " + tensorrt
                + "; most were checked with engines of " + CHECKED);
        if (tensorrt.startsWith("8.")) {
            out.add(
                    "the forecast for 8.x was checked with 372 engines of 8.6.1, most of minimal graphs; 8.4 and 8.5 are inferred");
        } else if (tensorrt.startsWith("11.")) {
            out.add(
                    "what is said of 11.x is inferred; it is strongly typed, so that layers that are not quantized run in"
                            + " their ONNX type");
        } else {
            out.add("statements about other 10.x versions are inferred from " + CHECKED
                    + " where nothing speaks against it");
        }
        return out;
    }
}
