package io.qdqlint.concept;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/codeflow.drl}. */
public interface Codeflow {
    /**
     * A weight that stays outside of its layer, because something besides its DQ reads its codes.
     *
     * @param quantize the Q that computes the codes
     * @param layer the layer that reads the dequantized weight
     */
    record UnfusedWeight(Node quantize, Value codes, Node layer) {}

    /**
     * The tensor holds the codes of a Q. Between them are only layers that copy, and Casts to the type that the codes have.
     *
     * @param type of the codes, as the file has it
     */
    record Codes(Value tensor, DataType type, Node quantize) {}

    /** A node that gets stored codes otherwise than a DQ that alone reads them: a DQ after other nodes, another reader, or a DQ with several reshapes after it. */
    record IndirectCodes(Node node) {}

    /** A Cast of a quantizer's codes to the type that they have. */
    record IdleCast(Node cast, Node quantize) {}
}
