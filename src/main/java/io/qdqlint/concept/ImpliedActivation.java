package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * A Q whose clipping is the activation function of the layer before it: the exporter left the node out.
 *
 * @param quantize the Q
 * @param function Relu or Relu6
 * @param low values below are clipped
 * @param high values above are clipped; infinity for Relu
 */
public record ImpliedActivation(Node quantize, String function, double low, double high) {}
