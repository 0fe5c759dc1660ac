package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A convolution in floating point without which its input would be written in INT8.
 *
 * @param kernel the Q that stays because of it
 */
public record SoleFloatReader(Value tensor, Node node, StandAlone kernel) {}
