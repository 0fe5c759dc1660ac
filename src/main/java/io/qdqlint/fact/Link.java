package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * One edge of the data flow: {@code to} reads the numbers of {@code value} at input {@code slot}. Constants, shape
 * computations and nodes whose result no node needs are left out; Identity and Dropout are seen through. It has many fields
 * on purpose: a rule tests both op types before it joins anything.
 *
 * @param from the node that computes the value; null for a graph input
 * @param fromOp its op type; {@code Input} for a graph input
 * @param sole whether this is the only place where the value is read, and it is no graph output
 */
public record Link(Value value, Node from, String fromOp, Node to, String toOp, int slot, boolean sole) {}
