package io.qdqlint.trt;

import java.util.Locale;

/** The kind of a layer of an engine; pictures colour layers by it. */
public enum LayerKind {
    CONVOLUTION,
    GEMM,
    POINTWISE,
    POOLING,
    /** A kernel that only quantizes or dequantizes. */
    QUANTIZE,
    /** A kernel that only changes layout or type, or copies. */
    REFORMAT,
    RESIZE,
    SHUFFLE,
    /** A region compiled by Myelin, TensorRT's second compiler. */
    MYELIN,
    CONSTANT,
    /** A layer that no kernel runs for. */
    NOOP,
    OTHER;

    static LayerKind of(String type) {
        String t = type.toLowerCase(Locale.ROOT);
        if (t.contains("conv")) {
            return CONVOLUTION;
        }
        if (t.contains("gemm") || t.contains("matrixmultiply") || t.contains("fullyconnected")) {
            return GEMM;
        }
        if (t.startsWith("pointwise") || t.equals("elementwise") || t.equals("activation") || t.equals("scale")) {
            return POINTWISE;
        }
        if (t.contains("pool") || t.equals("reduce")) {
            return POOLING;
        }
        return switch (t) {
            case "reformat" -> REFORMAT;
            case "resize" -> RESIZE;
            case "shuffle", "slice", "gather", "concatenation", "transpose" -> SHUFFLE;
            case "kgen", "fusion", "myelin", "foreignnode", "shape_call" -> MYELIN;
            case "constant" -> CONSTANT;
            case "noop", "signal", "wait" -> NOOP;
            default -> OTHER;
        };
    }

    /** The word shown to people: {@code convolution}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
