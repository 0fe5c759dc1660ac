package io.qdqlint.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * What a forecast rests on.
 *
 * @param tensorrt the version it is for, such as {@code 10.6}; empty where it is not known
 * @param statements how many statements about TensorRT there are
 * @param holding how many of them hold for that version
 * @param isChecked whether the statements were checked with engines of this version
 * @param evidence what an answer for that version rests on, as the end of a sentence
 * @param stronglyTyped whether the engine has the types of the file and no others
 * @param shapes the input shapes that sizes are reported for, as trtexec takes them, where the file leaves some open; otherwise empty
 */
public record Basis(
        String tensorrt,
        int statements,
        int holding,
        boolean isChecked,
        String evidence,
        boolean stronglyTyped,
        String shapes) {
    /** The basis of a forecast that was made without statements. */
    public static final Basis NONE = new Basis("", 0, 0, false, "", false, "");

    /** The version whose engines most statements were checked with. */
    public static final String CHECKED = "10.6";

    /** The same with sizes for these input shapes. */
    public Basis assuming(String inputShapes) {
        return new Basis(tensorrt, statements, holding, isChecked, evidence, stronglyTyped, inputShapes);
    }

    /** Sentences for the reader; none for {@link #CHECKED}, weakly typed, and a model of fixed shapes. */
    public List<String> sentences() {
        List<String> out = new ArrayList<>();
        if (!shapes.isEmpty()) {
            out.add("dynamic dimensions count as 1 in sizes and times, as for trtexec: --shapes=" + shapes
                    + "; give others with --shapes");
        }
        if (statements == 0) {
            return out;
        }
        if (!tensorrt.equals(CHECKED)) {
            out.add(holding + " of " + statements + " statements about TensorRT are valid for " + tensorrt
                    + "; most were checked with engines of " + CHECKED);
            out.add("the forecast for " + tensorrt + " rests on " + evidence);
        }
        if (stronglyTyped) {
            out.add(
                    "the engine is strongly typed: a layer that is not quantized runs in the type that the file has. The"
                            + " statements about kernels were checked with weakly typed engines");
        }
        return out;
    }
}
