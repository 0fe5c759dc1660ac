package io.qdqlint.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import io.qdqlint.report.json.Json;
import java.io.IOException;
import java.io.OutputStream;

/** Findings as SARIF 2.1.0, shaped by what GitHub code scanning takes. */
public final class SarifReport implements Report {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String UNREADABLE = "The file could not be read as an ONNX model.";
    /** GitHub refuses a run with more results. */
    private static final int MOST = 25_000;

    private static final String GATE =
            "The model exceeds a budget of the configuration, or the configuration has entries to remove.";
    private static final String OMITTED =
            "The least costly results are left out, because GitHub accepts at most 25000.";

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
            new SarifResults(json, rules, run.options()).write(run.diagnoses(), MOST);
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        out.flush();
    }

    private static void tool(JsonGenerator json, Run run, SarifRules rules) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "qdqlint");
        json.writeStringField("version", run.version());
        json.writeStringField("semanticVersion", run.version());
        json.writeStringField("informationUri", SarifRules.PROJECT);
        rules.write(json);
        json.writeArrayFieldStart("notifications");
        json.writeStartObject();
        json.writeStringField("id", "unreadable-model");
        json.writeStringField("name", "UnreadableModel");
        SarifRules.message(json, "shortDescription", UNREADABLE);
        SarifRules.message(json, "fullDescription", UNREADABLE);
        SarifRules.message(json, "help", UNREADABLE + " Nothing in it was checked.");
        json.writeEndObject();
        for (String[] other :
                new String[][] {{"omitted-results", "OmittedResults", OMITTED}, {"gate", "NotesOfTheGate", GATE}}) {
            json.writeStartObject();
            json.writeStringField("id", other[0]);
            json.writeStringField("name", other[1]);
            SarifRules.message(json, "shortDescription", other[2]);
            SarifRules.message(json, "fullDescription", other[2]);
            SarifRules.message(json, "help", other[2]);
            json.writeEndObject();
        }
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
        int findings =
                run.diagnoses().stream().mapToInt(d -> d.findings().size()).sum();
        if (findings > MOST) {
            notification(
                    json,
                    "omitted-results",
                    1,
                    "warning",
                    (findings - MOST) + " of " + findings + " results are left out");
        }
        for (Diagnosis diagnosis : run.diagnoses()) {
            for (String breach : run.judgement(diagnosis).breaches()) {
                notification(json, "gate", 2, "error", "'" + diagnosis.model().file() + "' is over budget: " + breach);
            }
        }
        for (String remark : run.remarks()) {
            notification(json, "gate", 2, "note", remark);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void notification(JsonGenerator json, String id, int index, String level, String text)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("descriptor");
        json.writeStringField("id", id);
        json.writeNumberField("index", index);
        json.writeEndObject();
        json.writeStringField("level", level);
        SarifRules.message(json, "message", Sentences.literal(Sentences.ended(Printable.line(text, SENTENCE))));
        json.writeEndObject();
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
