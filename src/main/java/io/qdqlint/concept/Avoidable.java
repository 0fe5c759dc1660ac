package io.qdqlint.concept;

/** Another choice of scales would remove the kernel. */
public record Avoidable(StandAlone kernel) {}
