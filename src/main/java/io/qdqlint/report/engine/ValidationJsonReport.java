package io.qdqlint.report.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.ir.Node;
import io.qdqlint.report.json.Json;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.verdict.Validation;
import io.qdqlint.trt.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;

/** Verdicts as JSON. Times are microseconds per inference. */
public final class ValidationJsonReport {
    private ValidationJsonReport() {}

    /** Writes all verdicts, and flushes. */
    public static void write(Validation validation, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            json.writeStringField("model", validation.diagnosis().model().file().toString());
            head(json, validation.log());
            json.writeBooleanField("built", validation.engine() != null);
            verdict(json, "build", validation.build());
            json.writeArrayFieldStart("findings");
            for (Validation.JudgedFinding f : validation.findings()) {
                json.writeStartObject();
                json.writeStringField("ruleId", f.finding().ruleId());
                json.writeStringField("slug", f.finding().slug());
                json.writeStringField("node", f.finding().node().name());
                verdict(json, "verdict", f.verdict());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("kernels");
            for (Validation.JudgedKernel k : validation.kernels()) {
                json.writeStartObject();
                EngineDetails.strings(
                        json,
                        "nodes",
                        k.kernel().nodes().stream().map(Node::name).toList());
                verdict(json, "verdict", k.verdict());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unforeseen");
            for (EngineLayer layer : validation.unforeseen()) {
                EngineDetails.layer(json, validation.engine(), layer);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("layers");
            for (Validation.JudgedLayer l : validation.layers()) {
                json.writeStartObject();
                json.writeStringField("node", l.layer().node().name());
                json.writeStringField("forecast", l.layer().precision());
                json.writeStringField("measured", l.measured());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }

    private static void head(JsonGenerator json, BuildLog log) throws IOException {
        if (log.version() != null) {
            json.writeStringField("tensorrt", log.version().toString());
        }
        json.writeStringField("device", log.device());
        if (log.performance() != null) {
            EngineDetails.number(json, "throughput", log.performance().throughput());
        }
        EngineDetails.strings(
                json,
                "errors",
                log.errors().stream().map(BuildLog.LogError::text).toList());
    }

    private static void verdict(JsonGenerator json, String field, Verdict verdict) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("outcome", verdict.outcome().words());
        json.writeStringField("why", verdict.why());
        if (verdict.isConfirmed()) {
            EngineDetails.number(json, "micros", verdict.micros());
            EngineDetails.strings(
                    json,
                    "layers",
                    verdict.layers().stream().map(EngineLayer::name).toList());
        }
        json.writeEndObject();
    }
}
