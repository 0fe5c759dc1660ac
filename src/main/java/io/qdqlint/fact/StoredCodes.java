package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * Stored codes with a reader that is no DequantizeLinear and no plugin.
 *
 * @param stored the initializer, or the output of a Constant node
 * @param type its element type
 * @param reader the node that reads it
 * @param dequantize the DQ that the codes reach through nodes that only move elements; null where there is none
 * @param between how many nodes stand between; 0 where there is no DQ
 * @param axis the axis of {@code stored} that the DQ's scales lie along; 0 for a single scale, {@link #NO_AXIS} where there
 * is no such axis or it cannot be computed
 */
public record StoredCodes(Value stored, DataType type, Node reader, Node dequantize, int between, int axis) {
    public static final int NO_AXIS = -1;
}
