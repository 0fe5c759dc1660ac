package io.qdqlint.report.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.report.json.Json;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.MeasuredEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes engines and their layers as JSON. */
final class EngineDetails {
    private EngineDetails() {}

    /** The layers, for a script in a page: safe between script tags. */
    static String forPage(MeasuredEngine engine) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.lines(text)) {
            json.writeStartArray();
            for (EngineLayer layer : engine.engine().layers()) {
                layer(json, engine, layer);
            }
            json.writeEndArray();
        }
        return text.toString(StandardCharsets.US_ASCII).replace("<", "\\u003c");
    }

    static void layer(JsonGenerator json, MeasuredEngine engine, EngineLayer layer) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        json.writeStringField("type", layer.type());
        json.writeStringField("kind", layer.kind().word());
        if (!layer.origin().isEmpty()) {
            json.writeStringField("origin", layer.origin());
        }
        number(json, "micros", engine.micros(layer));
        json.writeStringField("tactic", layer.tactic());
        strings(json, "nodes", layer.onnxNodes());
        tensors(json, "inputs", layer.inputs());
        tensors(json, "outputs", layer.outputs());
        json.writeEndObject();
    }

    static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** Three decimals; nothing at all for a number that is not known. */
    static void number(JsonGenerator json, String field, double value) throws IOException {
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            json.writeNumberField(field, Math.round(value * 1000) / 1000.0);
        }
    }

    private static void tensors(JsonGenerator json, String field, List<EngineTensor> tensors) throws IOException {
        json.writeArrayFieldStart(field);
        for (EngineTensor tensor : tensors) {
            json.writeStartObject();
            json.writeStringField("name", tensor.name());
            json.writeStringField("precision", tensor.precision().word());
            json.writeStringField("format", tensor.format());
            json.writeStringField("shape", tensor.shape());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
