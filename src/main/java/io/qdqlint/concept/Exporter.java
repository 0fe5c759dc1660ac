package io.qdqlint.concept;

/** The program that put the quantizers into the model, by its name in {@code exporters.tsv}. */
public record Exporter(String name) {}
