package io.qdqlint.trt.compare;

import io.qdqlint.trt.EngineLayer;
import java.util.List;
import java.util.Set;

/**
 * Layers of two engines that do the same work: those made from the same ONNX nodes, with the quantizers and copies around
 * them.
 *
 * @param title the ONNX node that stands for the work
 * @param a layers of the first engine, in execution order; empty where only the second has them
 * @param b layers of the second engine, in the same way
 * @param microsA microseconds per inference of {@code a}; NaN when not measured
 * @param differences in which ways they differ; empty if in none but time
 * @param explanation the differences in words, of {@code b} against {@code a}; empty without any
 */
public record LayerGroup(
        String title,
        List<EngineLayer> a,
        List<EngineLayer> b,
        double microsA,
        double microsB,
        Set<Difference> differences,
        String explanation) {

    /** Microseconds that {@code b} takes longer; negative where it is faster. */
    public double delta() {
        return microsB - microsA;
    }

    /** A way in which two groups of layers differ. */
    public enum Difference {
        /** The numbers of stand-alone quantize and dequantize kernels differ. */
        QUANTIZERS,
        /** The numbers of copies and reformats differ. */
        REFORMATS,
        /** The same ONNX nodes are split over layers in another way. */
        FUSION,
        /** The main layer reads or writes another precision. */
        PRECISION,
        ONLY_A,
        ONLY_B
    }
}
