package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/**
 * The node is part of a layer of the engine.
 *
 * @param layer the node that names the layer
 * @param kind convolution, scale, pointwise, pooling, resize, reduction, softmax, shuffle, copy or region
 */
public record LayerPart(Node node, Node layer, String kind) {}
