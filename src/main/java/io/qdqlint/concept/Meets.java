package io.qdqlint.concept;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;

/**
 * Once the superfluous pairs of a row up to a DQ are gone, what stands behind that DQ reads this pair.
 *
 * @param at the last DQ that is gone, or the pair's own
 */
public record Meets(Quantize quantize, Dequantize dequantize, Dequantize at) {}
