package io.qdqlint.rewrite;

/** How far a rewrite changes the outputs of the model. */
public enum Exactness {
    /** Every output stays the same, bit for bit. */
    EXACT,
    /** The outputs stay the same in real arithmetic; floating point adds up in another order. */
    ROUNDING,
    /** The rewrite quantizes other values, or with another scale. The bound says by how much a tensor can change. */
    CHANGES_NUMERICS;

    /** {@code exact}, {@code rounding}, {@code changes numerics}. */
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
