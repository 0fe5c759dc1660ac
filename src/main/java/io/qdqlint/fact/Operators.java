package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;

/** Operators that mean the same under several names: ModelOpt writes FP8 and INT4 quantizers as operators of the domain {@code trt}. */
final class Operators {
    private Operators() {}

    /** The operator's name, QuantizeLinear or DequantizeLinear where it quantizes to a type that its name says. */
    static String of(Node node) {
        return switch (node.opType()) {
            case "TRT_FP8QuantizeLinear", "TRT_INT4QuantizeLinear", "TRT_MXFP8QuantizeLinear" -> "QuantizeLinear";
            case "TRT_FP8DequantizeLinear", "TRT_INT4DequantizeLinear", "TRT_MXFP8DequantizeLinear" ->
                "DequantizeLinear";
            default -> node.opType();
        };
    }

    /** The type that the operator's name says; UNDEFINED where it says none. */
    static DataType quantizedType(Node node) {
        return switch (node.opType()) {
            case "TRT_FP8QuantizeLinear",
                    "TRT_FP8DequantizeLinear",
                    "TRT_MXFP8QuantizeLinear",
                    "TRT_MXFP8DequantizeLinear" -> DataType.FLOAT8E4M3FN;
            case "TRT_INT4QuantizeLinear", "TRT_INT4DequantizeLinear" -> DataType.INT4;
            default -> DataType.UNDEFINED;
        };
    }

    /** The type of an output of a quantizer that computes its scales: codes, and the scales of blocks in FP8; UNDEFINED for others. */
    static DataType computedType(Node node, int output) {
        return switch (node.opType()) {
            case "TRT_FP4DynamicQuantize" -> output == 0 ? DataType.FLOAT4E2M1 : DataType.FLOAT8E4M3FN;
            case "TRT_MXFP8DynamicQuantize" -> output == 0 ? DataType.FLOAT8E4M3FN : DataType.FLOAT8E8M0;
            default -> DataType.UNDEFINED;
        };
    }

    static boolean isQuantize(Node node) {
        return of(node).equals("QuantizeLinear");
    }

    static boolean isDequantize(Node node) {
        return of(node).equals("DequantizeLinear");
    }
}
