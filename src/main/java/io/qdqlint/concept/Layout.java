package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** Concepts of {@code rules/tensorrt/layout.drl}. */
public interface Layout {
    /**
     * A kernel that quantizes this tensor writes vectors of four channels, or rows, instead of vectors of 32: it has a faster
     * implementation.
     *
     * @param scale the scale group it writes
     */
    record FourWide(Value tensor, int scale) {}
}
