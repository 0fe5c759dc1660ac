package io.qdqlint.forecast;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.List;

/**
 * A layer that TensorRT is expected to build, other than a kernel that only converts. Nodes that move nothing, such as a Reshape, are in none.
 *
 * @param kind convolution, scale, pointwise, pooling, resize, reduction, softmax, shuffle, copy or region (compiled by Myelin)
 * @param nodes that it computes, in node order
 * @param reads activations that it reads
 * @param writes activations that it writes
 * @param bytes of these and of its weights; -1 when a shape is unknown
 * @param micros estimated microseconds: of its bytes or its arithmetic, whichever takes longer; NaN when unknown
 */
public record PlannedLayer(
        String kind, List<Node> nodes, List<Activation> reads, List<Activation> writes, long bytes, double micros) {

    /**
     * A tensor at the border of a layer.
     *
     * @param type int8, fp16 or fp32; fp16 stands for any floating point within the engine
     */
    public record Activation(Value value, String type) {}
}
