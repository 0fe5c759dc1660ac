package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * A DQ that stays a kernel.
 * @param source the tensor its Q reads; its own input where there is no Q
 * @param reader where each reader has a kernel of its own, the reader; null otherwise
 */
public record Stays(Dequantize dequantize, Value source, Node reader) {}
