package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;

/** Operators that mean the same under several names: ModelOpt writes quantizers of other types than INT8 as operators of the domain {@code trt}. */
final class Operators {
    private Operators() {}

    /** The operator's name, QuantizeLinear or DequantizeLinear where it quantizes to a type that its name says. */
    static String of(Node node) {
        return switch (node.opType()) {
            case "TRT_FP8QuantizeLinear", "TRT_INT4QuantizeLinear", "TRT_MXFP8QuantizeLinear", "TRT_BlockQuantize" ->
                "QuantizeLinear";
            case "TRT_FP8DequantizeLinear",
                    "TRT_INT4DequantizeLinear",
                    "TRT_MXFP8DequantizeLinear",
                    "TRT_BlockDequantize" -> "DequantizeLinear";
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
            case "TRT_BlockQuantize" -> attribute(node, "output_dtype", DataType.FLOAT8E4M3FN);
            default -> DataType.UNDEFINED;
        };
    }

    /** The type of an output of a quantizer that computes its scales: codes, and the scales of blocks in FP8; UNDEFINED for others. */
    static DataType computedType(Node node, int output) {
        return switch (node.opType()) {
            case "TRT_FP4DynamicQuantize" -> output == 0 ? DataType.FLOAT4E2M1 : DataType.FLOAT8E4M3FN;
            case "TRT_MXFP8DynamicQuantize" -> output == 0 ? DataType.FLOAT8E4M3FN : DataType.FLOAT8E8M0;
            case "TRT_DynamicQuantize" -> attribute(node, output == 0 ? "output_type" : "scale_type", DataType.FLOAT);
            default -> DataType.UNDEFINED;
        };
    }

    private static DataType attribute(Node node, String name, DataType otherwise) {
        DataType type = DataType.ofCode((int) node.intAttribute(name, 0));
        return type == DataType.UNDEFINED ? otherwise : type;
    }

    static boolean isQuantize(Node node) {
        return of(node).equals("QuantizeLinear");
    }

    static boolean isDequantize(Node node) {
        return of(node).equals("DequantizeLinear");
    }
}
