package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/clipping.drl}. */
public interface Clipping {
    /**
     * A Q clips values that its input can hold: the range of its codes is smaller than the range of the values.
     *
     * @param quantize the Q
     * @param low the smallest value that has a code
     * @param high the largest value that has a code
     * @param below whether the input can hold values that round to less than {@code low}
     * @param above whether the input can hold values that round to more than {@code high}
     * @param computed whether a layer computes the input; false for a graph input and for copies of it
     */
    record Clips(Node quantize, double low, double high, boolean below, boolean above, boolean computed) {
        private static final double SIX = 6;
        private static final double NEAR = 1e-4;

        /** Whether the codes stand for 0 to 6, the range of ReLU6, but for the rounding of the scale. */
        public boolean endsAsRelu6() {
            return low == 0 && Math.abs(high - SIX) < SIX * NEAR;
        }
    }

    /**
     * A Q whose clipping is the activation function of the layer before it: the exporter left the node out.
     *
     * @param quantize the Q
     * @param function Relu or Relu6
     * @param low values below are clipped
     * @param high values above are clipped; infinity for Relu
     */
    record ImpliedActivation(Node quantize, String function, double low, double high) {}
}
