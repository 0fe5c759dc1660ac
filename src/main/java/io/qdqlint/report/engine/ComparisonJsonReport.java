package io.qdqlint.report.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.report.json.Json;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.compare.ComparisonStory;
import io.qdqlint.trt.compare.EngineComparison;
import io.qdqlint.trt.compare.LayerGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A comparison of two engines as JSON. */
public final class ComparisonJsonReport {
    private ComparisonJsonReport() {}

    /** Writes the whole comparison, and flushes. Times are microseconds per inference; those not measured are left out. */
    public static void write(EngineComparison comparison, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            EngineDetails.strings(json, "story", ComparisonStory.of(comparison));
            engine(json, "a", comparison.a());
            engine(json, "b", comparison.b());
            json.writeArrayFieldStart("kinds");
            for (EngineComparison.KindTime kind : comparison.kinds()) {
                json.writeStartObject();
                json.writeStringField("kind", kind.kind().word());
                json.writeNumberField("countA", kind.countA());
                json.writeNumberField("countB", kind.countB());
                times(json, kind.microsA(), kind.microsB());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("groups");
            for (LayerGroup group : comparison.groups()) {
                group(json, comparison, group);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }

    private static void engine(JsonGenerator json, String field, MeasuredEngine engine) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("label", engine.label());
        json.writeNumberField("layers", engine.engine().layers().size());
        EngineDetails.number(json, "micros", engine.totalMicros());
        json.writeNumberField(
                "quantizeKernels", engine.engine().standAloneQuantizers().size());
        EngineDetails.number(json, "quantizeMicros", engine.micros(EngineLayer::isStandAloneQuantizer));
        EngineDetails.number(json, "quantizedShare", engine.quantizedShare());
        json.writeEndObject();
    }

    private static void group(JsonGenerator json, EngineComparison comparison, LayerGroup group) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", group.title());
        times(json, group.microsA(), group.microsB());
        EngineDetails.strings(
                json,
                "differences",
                group.differences().stream()
                        .map(d -> d.name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
        json.writeStringField("explanation", group.explanation());
        layers(json, "a", comparison.a(), group.a());
        layers(json, "b", comparison.b(), group.b());
        json.writeEndObject();
    }

    private static void layers(JsonGenerator json, String field, MeasuredEngine engine, List<EngineLayer> layers)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (EngineLayer layer : layers) {
            EngineDetails.layer(json, engine, layer);
        }
        json.writeEndArray();
    }

    private static void times(JsonGenerator json, double a, double b) throws IOException {
        EngineDetails.number(json, "microsA", a);
        EngineDetails.number(json, "microsB", b);
        EngineDetails.number(json, "delta", b - a);
    }
}
