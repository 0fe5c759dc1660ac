package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A constant that a node reads: an initializer, or what constants alone determine.
 *
 * @param origin the value that it is another name of, seen through Identity; itself where there is none
 * @param from the node that computes it from constants; null for an initializer
 * @param fromOp its op type; {@code Initializer} for an initializer
 */
public record Constant(Value value, Value origin, Node from, String fromOp, Node to, String toOp, int slot) {}
