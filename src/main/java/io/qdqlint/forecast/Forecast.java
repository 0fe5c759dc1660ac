package io.qdqlint.forecast;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.List;
import java.util.Locale;

/**
 * The engine that TensorRT is expected to build.
 *
 * @param device the GPU that the estimates are for
 * @param basis what it rests on
 * @param blockers nodes that stop the parser or the builder; empty means it builds
 * @param layers the weighted nodes, in node order
 * @param kernels the stand-alone quantize and dequantize kernels that survive, in node order
 * @param partition all other layers of the engine, in the order of their first nodes
 * @param lostFusions nodes that a pair keeps from becoming one kernel, in node order
 * @param tried how many edits were tried that could have removed kernels of which no rule is sure; {@link #NOT_ALL} where not all
 *     were
 * @param explanations what leads to what happens at the requested nodes, in node order
 */
public record Forecast(
        String device,
        Basis basis,
        List<Blocker> blockers,
        List<Layer> layers,
        List<Kernel> kernels,
        List<PlannedLayer> partition,
        List<LostFusion> lostFusions,
        List<Explanation> explanations,
        int tried) {
    /** Not all edits were tried. */
    public static final int NOT_ALL = -1;

    public static final Forecast NONE = new Forecast("", List.of(), List.of(), List.of());

    /** A forecast of which nothing was requested to be explained. */
    public Forecast(String device, List<Blocker> blockers, List<Layer> layers, List<Kernel> kernels) {
        this(device, Basis.NONE, blockers, layers, kernels, List.of(), List.of(), List.of(), 0);
    }

    /** The same with explanations. */
    public Forecast explained(List<Explanation> nodes) {
        return new Forecast(device, basis, blockers, layers, kernels, partition, lostFusions, nodes, tried);
    }

    /** The same with these kernels. */
    public Forecast withKernels(List<Kernel> others) {
        return new Forecast(device, basis, blockers, layers, others, partition, lostFusions, explanations, tried);
    }

    /** The same, after this many edits were tried. */
    public Forecast tried(int edits) {
        return new Forecast(device, basis, blockers, layers, kernels, partition, lostFusions, explanations, edits);
    }

    public boolean builds() {
        return blockers.isEmpty();
    }

    /** Share of the multiply-accumulates that run in INT8, 0 to 1; NaN when a shape is unknown or there are none. */
    public double int8Share() {
        double all = 0;
        double int8 = 0;
        for (Layer l : layers) {
            all += l.macs() < 0 ? Double.NaN : l.macs();
            int8 += l.precision().equals("int8") ? l.macs() : 0;
        }
        return all == 0 ? Double.NaN : int8 / all;
    }

    /** A node at which the build stops, and the text TensorRT prints there. */
    public record Blocker(Node node, String message) {}

    /**
     * A Conv, ConvTranspose, Gemm or MatMul.
     *
     * @param precision int8, fp8, int4, fp16 or fp32
     * @param macs multiply-accumulates per inference; -1 when a shape is unknown
     * @param fused the nodes that become part of its kernel, in node order
     */
    public record Layer(Node node, String precision, long macs, List<Node> fused) {}

    /**
     * A kernel that only converts.
     *
     * @param nodes the Q and DQ nodes it stands for, in node order
     * @param value the tensor it reads
     * @param bytes bytes read and written; -1 when a shape is unknown
     * @param micros estimated microseconds; NaN when unknown
     * @param avoidable whether fixing a finding would remove it
     * @param why the concepts that led to it, in order, one sentence each
     */
    public record Kernel(
            List<Node> nodes, Kind kind, Value value, long bytes, double micros, boolean avoidable, List<String> why) {
        /** What {@link KernelKey#name} calls it. */
        public String name() {
            return new KernelKey(kind.name().toLowerCase(Locale.ROOT), value, 0).name();
        }

        /** The same, as one that an edit removes or does not. */
        public Kernel avoidable(boolean removed) {
            return new Kernel(nodes, kind, value, bytes, micros, removed, why);
        }
    }

    /**
     * Two nodes that would be one kernel without the pair between them.
     *
     * @param kind conv-bn, conv-activation, gate or residual
     * @param micros estimated microseconds of the kernel more; NaN when unknown
     */
    public record LostFusion(Node before, Node after, String kind, double micros) {}

    /** What a kernel does. */
    public enum Kind {
        QUANTIZE,
        DEQUANTIZE,
        REQUANTIZE
    }
}
