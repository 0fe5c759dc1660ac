package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;

/**
 * Once the superfluous pairs of a row up to a DQ are gone, what stands after that DQ reads this pair.
 *
 * @param tensor what the pair then quantizes
 * @param at the last DQ that is gone, or the pair's own
 */
public record Meets(Value tensor, Quantize quantize, Dequantize dequantize, Dequantize at) {}
