package io.qdqlint.concept;

/** Something reads the kernel's codes, or what INT8 layers make of them, of which it is not known that it gains little. */
public record FeedsMore(StandAlone kernel) {}
