package io.qdqlint.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Report;
import io.qdqlint.report.ReportOptions.SarifRegion;
import io.qdqlint.report.Run;
import io.qdqlint.report.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Findings as SARIF 2.1.0, shaped by what GitHub code scanning takes. */
public final class SarifReport implements Report {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String UNREADABLE = "The file could not be read as an ONNX model.";
    private static final long LARGE = 20_000_000;
    private static final int SENTENCE = 1000;

    @Override
    public String name() {
        return "sarif";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            SarifRules rules = new SarifRules(run);
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            tool(json, run, rules);
            json.writeObjectFieldStart("automationDetails");
            json.writeStringField("id", "qdqlint/");
            json.writeEndObject();
            invocation(json, run);
            artifacts(json, run);
            json.writeArrayFieldStart("results");
            SarifResults results = new SarifResults(json, rules, run.options());
            for (int i = 0; i < run.diagnoses().size(); i++) {
                Diagnosis diagnosis = run.diagnoses().get(i);
                results.write(
                        diagnosis,
                        region(run.options().region(), diagnosis.model().file()),
                        i);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        out.flush();
    }

    private static SarifRegion region(SarifRegion asked, Path file) {
        if (asked != SarifRegion.AUTO) {
            return asked;
        }
        try {
            return Files.size(file) > LARGE ? SarifRegion.BYTE : SarifRegion.LINE;
        } catch (IOException e) {
            return SarifRegion.LINE;
        }
    }

    private static void tool(JsonGenerator json, Run run, SarifRules rules) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "qdqlint");
        json.writeStringField("version", run.version());
        json.writeStringField("semanticVersion", run.version());
        rules.write(json);
        json.writeArrayFieldStart("notifications");
        json.writeStartObject();
        json.writeStringField("id", "unreadable-model");
        json.writeStringField("name", "UnreadableModel");
        SarifRules.message(json, "shortDescription", UNREADABLE);
        SarifRules.message(json, "fullDescription", UNREADABLE);
        SarifRules.message(json, "help", UNREADABLE + " Nothing in it was checked.");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void invocation(JsonGenerator json, Run run) throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", run.unreadable().isEmpty());
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (Run.Unreadable file : run.unreadable()) {
            json.writeStartObject();
            json.writeObjectFieldStart("descriptor");
            json.writeStringField("id", "unreadable-model");
            json.writeNumberField("index", 0);
            json.writeEndObject();
            json.writeStringField("level", "error");
            String text = "'" + file.file() + "' could not be read: " + file.message();
            SarifRules.message(json, "message", Sentences.literal(Sentences.ended(Printable.line(text, SENTENCE))));
            json.writeArrayFieldStart("locations");
            json.writeStartObject();
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", ArtifactUri.of(file.file()));
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void artifacts(JsonGenerator json, Run run) throws IOException {
        json.writeArrayFieldStart("artifacts");
        for (Diagnosis diagnosis : run.diagnoses()) {
            json.writeStartObject();
            json.writeObjectFieldStart("location");
            json.writeStringField("uri", ArtifactUri.of(diagnosis.model().file()));
            json.writeEndObject();
            json.writeArrayFieldStart("roles");
            json.writeString("analysisTarget");
            json.writeEndArray();
            json.writeStringField("mimeType", "application/octet-stream");
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
