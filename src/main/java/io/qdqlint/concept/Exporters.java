package io.qdqlint.concept;

/** Concepts of {@code rules/tensorrt/exporters.drl}. */
public interface Exporters {
    /** The program that wrote the quantizers into the model, by its name in {@code exporters.tsv}. */
    record Exporter(String name) {}
}
