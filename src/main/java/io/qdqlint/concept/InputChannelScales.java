package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Node;

/** A matrix product whose weight has its scales along another axis than that of the output channels. */
public record InputChannelScales(Node node, Dequantize weight) {}
