package io.qdqlint.concept;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * The tensor holds the codes that a Q gives, moved by layers that copy or by Casts to the type they have.
 *
 * @param type of the codes, as the file has it
 */
public record Codes(Value tensor, DataType type, Node quantize) {}
