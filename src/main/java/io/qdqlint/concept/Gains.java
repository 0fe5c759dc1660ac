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
     * INT8 makes this layer faster by no more than so many microseconds.
     *
     * @param weight the DQ of its weight
     */
    record SmallGain(Node node, Node weight, double micros) {}

    /**
     * The codes that this quantizer gives are there because of the kernel: the kernel writes them ({@code layers} 0), or so many layers
     * between it and the tensor run in INT8 because of it.
     */
    record Feeds(StandAlone kernel, Value tensor, Quantize quantizer, int layers) {}

    /**
     * A layer that runs in INT8 because of the kernel, and gains little.
     *
     * @param quantizer what it reads its data through
     * @param weight the DQ of its weight
     * @param micros what it gains at most
     */
    record FedLayer(StandAlone kernel, Node layer, Quantize quantizer, Node weight, double micros) {}

    /** Something reads the kernel's codes, or what INT8 layers make of them, of which it is not known that it gains little. */
    record FeedsMore(StandAlone kernel) {}

    /**
     * A quantize kernel that takes longer than INT8 saves in all that it is there for.
     *
     * @param layers those layers, in node order
     * @param gain what INT8 saves them at most, microseconds
     */
    record DearQuantizer(StandAlone kernel, List<Node> layers, double gain) {

        /** Sorts what accumulate collected in no order. */
        public static DearQuantizer of(StandAlone kernel, Collection<Node> layers, double gain) {
            return new DearQuantizer(
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

    /** What INT8 saves a layer at most, in microseconds; below zero where INT8 takes longer. Other layers have no such fact: nothing says how much it is. */
    record Int8Gain(Node node, double micros) {}
}
