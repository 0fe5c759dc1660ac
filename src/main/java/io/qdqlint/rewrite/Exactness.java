package io.qdqlint.rewrite;

/** What a rewrite does to the numbers. */
public enum Exactness {
    /** Every output stays the same, bit for bit. */
    EXACT,
    /** The same in real arithmetic; floating point adds up in another order. */
    ROUNDING,
    /** Other values are quantized, or with another scale. The bound says by how much a tensor can change. */
    CHANGES_NUMERICS;

    /** {@code exact}, {@code rounding}, {@code changes numerics}. */
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
