package io.qdqlint.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Basis;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.PlannedLayer;
import io.qdqlint.ir.Node;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.QuantizerText;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Forecasts for programs: one JSON object a line, one line a model, so that a call with one model prints one object.
 * {@code docs/json-schema/forecast.schema.json} describes it.
 */
public final class ForecastJsonReport implements Report {
    /** Grows with each change that could break a reader; a new field is no such change. */
    static final int SCHEMA_VERSION = 1;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.lines(out)) {
            for (Diagnosis diagnosis : run.diagnoses()) {
                json.writeStartObject();
                head(json, run, diagnosis.model().file().toString());
                json.writeStringField("tensorrt", diagnosis.tensorrt());
                json.writeBooleanField(
                        "stronglyTyped", diagnosis.forecast().basis().stronglyTyped());
                json.writeStringField(
                        "device",
                        run.options().device().isEmpty() ? null : run.options().device());
                forecast(json, diagnosis.forecast());
                json.writeEndObject();
            }
            for (Run.Unreadable file : run.unreadable()) {
                json.writeStartObject();
                head(json, run, file.file());
                json.writeStringField("unreadable", file.message());
                json.writeEndObject();
            }
            json.writeRaw('\n');
        }
        out.flush();
    }

    private static void head(JsonGenerator json, Run run, String file) throws IOException {
        json.writeNumberField("schemaVersion", SCHEMA_VERSION);
        json.writeStringField("tool", "qdqlint");
        json.writeStringField("toolVersion", run.version());
        json.writeStringField("file", file);
    }

    private static void forecast(JsonGenerator json, Forecast forecast) throws IOException {
        build(json, forecast);
        basis(json, forecast.basis());
        summary(json, ForecastSummary.of(forecast));
        json.writeArrayFieldStart("layers");
        for (Forecast.Layer layer : forecast.layers()) {
            json.writeStartObject();
            json.writeStringField("node", layer.node().name());
            json.writeStringField("opType", layer.node().opType());
            json.writeStringField("precision", layer.precision());
            Json.known(json, "macs", layer.macs());
            nodes(json, "fused", layer.fused());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("kernels");
        for (Forecast.Kernel kernel : forecast.kernels()) {
            kernel(json, kernel);
        }
        json.writeEndArray();
        partition(json, forecast.partition());
        if (!forecast.explanations().isEmpty()) {
            explanations(json, forecast.explanations());
        }
    }

    private static void partition(JsonGenerator json, List<PlannedLayer> layers) throws IOException {
        json.writeArrayFieldStart("partition");
        for (PlannedLayer layer : layers) {
            json.writeStartObject();
            json.writeStringField("kind", layer.kind());
            nodes(json, "nodes", layer.nodes());
            activations(json, "reads", layer.reads());
            activations(json, "writes", layer.writes());
            Json.known(json, "bytes", layer.bytes());
            Json.known(json, "micros", layer.micros());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void activations(JsonGenerator json, String field, List<PlannedLayer.Activation> tensors)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (PlannedLayer.Activation tensor : tensors) {
            json.writeStartObject();
            json.writeStringField("tensor", tensor.value().name());
            json.writeStringField("type", tensor.type());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The field {@code build}. */
    static void build(JsonGenerator json, Forecast forecast) throws IOException {
        json.writeObjectFieldStart("build");
        json.writeBooleanField("ok", forecast.builds());
        json.writeArrayFieldStart("blockers");
        for (Forecast.Blocker blocker : forecast.blockers()) {
            json.writeStartObject();
            json.writeStringField("node", blocker.node().name());
            json.writeStringField("opType", blocker.node().opType());
            json.writeStringField("message", blocker.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void basis(JsonGenerator json, Basis basis) throws IOException {
        json.writeObjectFieldStart("basis");
        json.writeNumberField("statements", basis.statements());
        json.writeNumberField("holding", basis.holding());
        json.writeBooleanField("checkedWithEngines", basis.isChecked());
        json.writeArrayFieldStart("notes");
        for (String sentence : basis.sentences()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void explanations(JsonGenerator json, List<Explanation> explanations) throws IOException {
        json.writeArrayFieldStart("explanations");
        for (Explanation explanation : explanations) {
            json.writeStartObject();
            json.writeStringField("node", explanation.node().name());
            json.writeStringField("opType", explanation.node().opType());
            json.writeArrayFieldStart("steps");
            for (Explanation.Step step : explanation.steps()) {
                json.writeStartObject();
                json.writeStringField("text", step.text());
                json.writeArrayFieldStart("because");
                for (Explanation.Statement statement : step.because()) {
                    json.writeStartObject();
                    json.writeStringField("statement", statement.name());
                    json.writeStringField("versions", statement.versions());
                    json.writeStringField("source", statement.source());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("outcome", explanation.outcome());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void kernel(JsonGenerator json, Forecast.Kernel kernel) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", kernel.kind().name().toLowerCase(Locale.ROOT));
        nodes(json, "nodes", kernel.nodes());
        json.writeStringField(
                "tensor", kernel.value() == null ? null : kernel.value().name());
        json.writeArrayFieldStart("scales");
        for (Node node : kernel.nodes()) {
            json.writeString(QuantizerText.isQuantizer(node) ? QuantizerText.scale(node) : null);
        }
        json.writeEndArray();
        Json.known(json, "bytes", kernel.bytes());
        Json.known(json, "micros", kernel.micros());
        json.writeBooleanField("avoidable", kernel.avoidable());
        json.writeArrayFieldStart("why");
        for (String sentence : kernel.why()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The field {@code summary}. */
    static void summary(JsonGenerator json, ForecastSummary summary) throws IOException {
        json.writeObjectFieldStart("summary");
        json.writeObjectFieldStart("precisions");
        for (Map.Entry<String, Integer> e : summary.precisions().entrySet()) {
            json.writeNumberField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
        Json.known(json, "int8Share", summary.int8Share());
        json.writeNumberField("kernels", summary.kernels());
        json.writeNumberField("avoidableKernels", summary.avoidable());
        Json.known(json, "bytes", summary.bytes());
        Json.known(json, "micros", summary.micros());
        Json.known(json, "avoidableMicros", summary.avoidableMicros());
        json.writeNumberField("lostFusions", summary.lostFusions());
        Json.known(json, "savedMicros", summary.savedMicros());
        json.writeStringField("speedUp", null);
        json.writeEndObject();
    }

    private static void nodes(JsonGenerator json, String field, List<Node> nodes) throws IOException {
        json.writeArrayFieldStart(field);
        for (Node node : nodes) {
            json.writeString(node.name());
        }
        json.writeEndArray();
    }
}
