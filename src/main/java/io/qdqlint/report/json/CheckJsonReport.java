package io.qdqlint.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.gate.Fingerprints;
import io.qdqlint.gate.Judgement;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import io.qdqlint.report.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Findings for programs; {@code docs/json-schema/check.schema.json} describes it. */
public final class CheckJsonReport implements Report {
    /** Grows with each change that could break a reader; a new field is no such change. */
    static final int SCHEMA_VERSION = 1;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("tool", "qdqlint");
            json.writeStringField("toolVersion", run.version());
            json.writeStringField(
                    "device",
                    run.options().device().isEmpty() ? null : run.options().device());
            List<Finding> all = new ArrayList<>();
            run.diagnoses().forEach(d -> all.addAll(d.findings()));
            summary(json, all, fixable(run));
            json.writeArrayFieldStart("models");
            for (Diagnosis diagnosis : run.diagnoses()) {
                model(json, diagnosis, run);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unreadable");
            for (Run.Unreadable file : run.unreadable()) {
                json.writeStartObject();
                json.writeStringField("file", file.file());
                json.writeStringField("message", file.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            strings(json, "remarks", run.remarks());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        out.flush();
    }

    private static int fixable(Run run) {
        return run.diagnoses().stream().mapToInt(d -> run.fixes(d).findings()).sum();
    }

    /** The verdict of the gate on a model. */
    private static void gate(JsonGenerator json, Judgement gate) throws IOException {
        json.writeObjectFieldStart("gate");
        json.writeBooleanField("passes", gate.passes());
        json.writeStringField(
                "failOn", gate.failOn() == null ? "never" : gate.failOn().word());
        json.writeNumberField("failing", gate.failing());
        json.writeNumberField("hidden", gate.hidden().size());
        json.writeNumberField("known", gate.known().size());
        json.writeNumberField("ignored", gate.ignored().size());
        strings(json, "overBudget", gate.breaches());
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void summary(JsonGenerator json, List<Finding> findings, int fixable) throws IOException {
        Tally tally = Tally.of(findings);
        json.writeObjectFieldStart("summary");
        json.writeNumberField("errors", tally.errors());
        json.writeNumberField("warnings", tally.warnings());
        json.writeNumberField("notes", tally.notes());
        json.writeNumberField("fixable", fixable);
        cost(json, tally.cost());
        json.writeEndObject();
    }

    private static void model(JsonGenerator json, Diagnosis diagnosis, Run run) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", diagnosis.model().file().toString());
        json.writeStringField("tensorrt", diagnosis.tensorrt());
        json.writeBooleanField("stronglyTyped", diagnosis.forecast().basis().stronglyTyped());
        json.writeNumberField("opset", diagnosis.model().opset());
        json.writeBooleanField("builds", diagnosis.forecast().builds());
        summary(json, diagnosis.findings(), run.fixes(diagnosis).findings());
        if (!run.judgements().isEmpty()) {
            gate(json, run.judgement(diagnosis));
        }
        json.writeArrayFieldStart("findings");
        List<String> fingerprints = Fingerprints.of(diagnosis);
        for (int i = 0; i < fingerprints.size(); i++) {
            finding(json, diagnosis, diagnosis.findings().get(i), fingerprints.get(i), run);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Diagnosis diagnosis, Finding f, String fingerprint, Run run)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", f.ruleId());
        json.writeStringField("slug", f.slug());
        json.writeStringField("severity", f.severity().word());
        json.writeStringField("message", f.message());
        json.writeStringField("remedy", f.remedy());
        json.writeStringField("fingerprint", fingerprint);
        json.writeStringField("cause", f.cause().isKnown() ? f.cause().id() : null);
        json.writeNumberField("count", f.count());
        RuleCatalogue rules = run.catalogue().get();
        json.writeStringField("fix", FixOffer.kind(f.ruleId(), rules));
        strings(
                json,
                "fixArguments",
                FixOffer.arguments(f.ruleId(), rules, diagnosis.model().file().toString()));
        node(json, "node", f.node());
        cost(json, f.cost());
        json.writeArrayFieldStart("places");
        for (Place place : f.places()) {
            json.writeStartObject();
            node(json, "node", place.node());
            json.writeStringField(
                    "tensor", place.value() == null ? null : place.value().name());
            json.writeStringField("scale", place.scale());
            json.writeStringField("note", place.note());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void node(JsonGenerator json, String field, Node node) throws IOException {
        if (node == null) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeStringField("name", node.rawName().isEmpty() ? null : node.rawName());
        json.writeStringField("opType", node.opType());
        json.writeStringField("domain", node.domain());
        json.writeNumberField("index", node.index());
        names(json, "inputs", node.inputs());
        names(json, "outputs", node.outputs());
        if (node.source().isKnown()) {
            json.writeObjectFieldStart("source");
            json.writeNumberField("offset", node.source().offset());
            json.writeNumberField("length", node.source().length());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void names(JsonGenerator json, String field, List<Value> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Value value : values) {
            json.writeString(value == null ? null : value.name());
        }
        json.writeEndArray();
    }

    private static void cost(JsonGenerator json, Cost cost) throws IOException {
        json.writeObjectFieldStart("cost");
        json.writeNumberField("kernels", cost.kernels());
        Json.known(json, "bytes", cost.bytes());
        Json.known(json, "micros", cost.micros());
        json.writeBooleanField("measured", cost.measured());
        json.writeEndObject();
    }
}
