package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * An operand in floating point keeps an elementwise node from reading the other, which is dequantized, in INT8.
 *
 * @param op the node's op type
 * @param slot the input that reads the operand
 * @param out what the pointwise layer of the node computes
 * @param kernel the dequantize kernel of the other operand
 */
public record FloatOperand(Node node, String op, int slot, Value operand, Value out, StandAlone kernel) {}
