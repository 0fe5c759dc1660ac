package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;

/**
 * A layer that runs in INT8 because of the kernel, and gains little.
 *
 * @param quantizer what it reads its data through
 * @param weight the DQ of its weight
 * @param micros what it gains at most
 */
public record FedLayer(StandAlone kernel, Node layer, Quantize quantizer, Node weight, double micros) {}
