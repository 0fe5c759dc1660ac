package io.qdqlint.report.change;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.gate.Change;
import io.qdqlint.report.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Changes, for programs; {@code docs/json-schema/diff.schema.json} describes it. */
public final class ChangeJson {
    private ChangeJson() {}

    public static String of(List<Change> changes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 1);
            json.writeStringField("tool", "qdqlint");
            json.writeArrayFieldStart("changes");
            for (Change change : changes) {
                change(json, change);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void change(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("worse", change.isWorse());
        state(json, "before", change.before());
        state(json, "after", change.after());
        findings(json, "new", change.appeared());
        findings(json, "gone", change.gone());
        json.writeArrayFieldStart("precisions");
        for (Change.Precision p : change.precisions()) {
            json.writeStartObject();
            json.writeStringField("layer", p.layer());
            json.writeStringField("before", p.before());
            json.writeStringField("after", p.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void state(JsonGenerator json, String name, Diagnosis d) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("file", d.model().file().toString());
        json.writeStringField("tensorrt", d.tensorrt());
        json.writeBooleanField("stronglyTyped", d.forecast().basis().stronglyTyped());
        json.writeStringField("device", d.forecast().device());
        json.writeBooleanField("builds", d.forecast().builds());
        json.writeNumberField("findings", d.findings().size());
        json.writeNumberField("extraKernels", d.forecast().kernels().size());
        Json.known(json, "extraMicros", Change.micros(d));
        json.writeEndObject();
    }

    private static void findings(JsonGenerator json, String name, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart(name);
        for (Finding f : findings) {
            json.writeStartObject();
            json.writeStringField("rule", f.ruleId());
            json.writeStringField("slug", f.slug());
            json.writeStringField("severity", f.severity().word());
            json.writeStringField("node", f.node().name());
            json.writeStringField("message", f.message());
            json.writeStringField("remedy", f.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
