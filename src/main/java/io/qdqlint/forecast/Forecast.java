package io.qdqlint.forecast;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.List;

/**
 * The engine that TensorRT is expected to build.
 *
 * @param blockers nodes that stop the parser or the builder; empty means it builds
 * @param layers the weighted nodes, in node order
 * @param kernels the stand-alone quantize and dequantize kernels that survive, in node order
 */
public record Forecast(List<Blocker> blockers, List<Layer> layers, List<Kernel> kernels) {
    public static final Forecast NONE = new Forecast(List.of(), List.of(), List.of());

    public boolean builds() {
        return blockers.isEmpty();
    }

    /** A node at which the build stops, and the text TensorRT prints there. */
    public record Blocker(Node node, String message) {}

    /**
     * A Conv, ConvTranspose, Gemm or MatMul.
     *
     * @param precision int8, fp8, int4, fp16, bf16 or fp32
     * @param fused the nodes that become part of its kernel, in node order
     */
    public record Layer(Node node, String precision, List<Node> fused) {}

    /**
     * A kernel that only converts.
     *
     * @param nodes the Q and DQ nodes it stands for
     * @param value the tensor it reads
     * @param bytes bytes read and written; -1 when a shape is unknown
     * @param micros estimated microseconds; NaN when unknown
     * @param avoidable whether other scales or placement would remove it
     * @param why the concepts that led to it, in order, one sentence each
     */
    public record Kernel(
            List<Node> nodes, Kind kind, Value value, long bytes, double micros, boolean avoidable, List<String> why) {}

    /** What a kernel does. */
    public enum Kind {
        QUANTIZE,
        DEQUANTIZE,
        REQUANTIZE
    }
}
