package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Concepts of {@code rules/tensorrt/gains.drl}. */
public interface Gains {
    /**
     * A layer that INT8 makes only a little faster.
     *
     * @param weight the DQ of its weight
     * @param micros by how much at most, microseconds
     */
    record SmallGain(Node node, Node weight, double micros) {}

    /**
     * INT8 codes that exist because of the kernel.
     *
     * @param quantizer the Q that the codes are the output of in the file
     * @param layers how many INT8 layers there are between the kernel and the tensor; 0 where the kernel writes the codes itself
     */
    record KernelCodes(StandAlone kernel, Value tensor, Quantize quantizer, int layers) {}

    /**
     * A layer that reads {@link KernelCodes}, so that it runs in INT8 because of the kernel, and gains little from it.
     *
     * @param quantizer the Q of its data
     * @param weight the DQ of its weight
     * @param micros the gain at most, microseconds
     */
    record SmallGainReader(StandAlone kernel, Node layer, Quantize quantizer, Node weight, double micros) {}

    /** A reader of {@link KernelCodes} may gain more from INT8 than a {@link SmallGain}: how much is not known. */
    record UnknownGain(StandAlone kernel) {}

    /**
     * A quantize kernel that takes longer than INT8 saves in all layers that read its codes.
     *
     * @param layers those layers, in node order
     * @param gain the time that INT8 saves in them at most, microseconds
     */
    record UnprofitableKernel(StandAlone kernel, List<Node> layers, double gain) {

        /** Sorts what accumulate collected in no order. */
        public static UnprofitableKernel of(StandAlone kernel, Collection<Node> layers, double gain) {
            return new UnprofitableKernel(
                    kernel,
                    layers.stream().sorted(Comparator.comparingInt(Node::index)).toList(),
                    gain);
        }

        /** The first of the layers. */
        public Node first() {
            return layers.get(0);
        }

        /** The layers after the first. */
        public List<Node> others() {
            return layers.subList(1, layers.size());
        }
    }

    /** A layer with a weight. */
    record Weighted(Node node) {}

    /**
     * How much time INT8 saves in a layer at most. A layer whose gain is not known has no such fact.
     *
     * @param micros microseconds; below zero where INT8 takes longer
     */
    record Int8Gain(Node node, double micros) {}
}
