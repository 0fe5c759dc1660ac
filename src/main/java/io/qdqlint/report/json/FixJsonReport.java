package io.qdqlint.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Refusal;
import io.qdqlint.fix.Step;
import io.qdqlint.report.FixRun;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.Tally;
import io.qdqlint.verify.Drift;
import io.qdqlint.verify.Held;
import io.qdqlint.verify.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** What {@code qdqlint fix} did, for programs; {@code docs/json-schema/fix.schema.json} describes it. */
public final class FixJsonReport {
    /** Grows with each change that could break a reader; a new field is no such change. */
    static final int SCHEMA_VERSION = 1;

    private FixJsonReport() {}

    /** Writes the report; does not close {@code out}. */
    public static void write(FixRun run, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("tool", "qdqlint");
            json.writeStringField("toolVersion", run.version());
            json.writeStringField("file", run.before().model().file().toString());
            json.writeStringField("tensorrt", run.before().tensorrt());
            json.writeBooleanField(
                    "stronglyTyped", run.before().forecast().basis().stronglyTyped());
            json.writeStringField("device", run.before().forecast().device());
            json.writeNumberField("rounds", run.fix().rounds());
            json.writeBooleanField("settled", run.fix().settled());
            json.writeArrayFieldStart("applied");
            for (Step step : run.fix().steps()) {
                applied(json, step);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("refused");
            for (Refusal refusal : run.fix().refusals()) {
                json.writeStartObject();
                json.writeStringField("rule", refusal.rewrite().rule());
                json.writeStringField("node", refusal.rewrite().at().name());
                json.writeStringField("why", refusal.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            state(json, "before", run.before());
            state(json, "after", run.after());
            verification(json, run.verdict());
            json.writeStringField(
                    "written", run.written() == null ? null : run.written().toString());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        out.flush();
    }

    private static void applied(JsonGenerator json, Step step) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", step.rewrite().rule());
        json.writeStringField("node", step.rewrite().at().name());
        json.writeStringField("exactness", step.exactness().words());
        number(json, "bound", step.bound());
        json.writeStringField("says", step.says());
        json.writeArrayFieldStart("tensors");
        for (String tensor : step.touched()) {
            json.writeString(tensor);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void state(JsonGenerator json, String field, Diagnosis diagnosis) throws IOException {
        Tally tally = Tally.of(diagnosis.findings());
        json.writeObjectFieldStart(field);
        json.writeNumberField("errors", tally.errors());
        json.writeNumberField("warnings", tally.warnings());
        json.writeNumberField("notes", tally.notes());
        ForecastJsonReport.build(json, diagnosis.forecast());
        ForecastJsonReport.summary(json, ForecastSummary.of(diagnosis.forecast()));
        json.writeEndObject();
    }

    private static void verification(JsonGenerator json, Verdict verdict) throws IOException {
        if (verdict == null) {
            json.writeNullField("verification");
            return;
        }
        json.writeObjectFieldStart("verification");
        json.writeStringField("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
        json.writeStringField("reason", verdict.reason());
        json.writeNumberField("runs", verdict.runs());
        outputs(json, "afterExact", verdict.exact());
        outputs(json, "afterAll", verdict.drifts());
        outputs(json, "inside", verdict.tensors());
        json.writeArrayFieldStart("bounds");
        for (Held held : verdict.claims()) {
            json.writeStartObject();
            json.writeStringField("tensor", held.claim().quantized());
            number(json, "bound", held.claim().bound());
            number(json, "error", held.error());
            number(json, "clipped", held.clipped());
            json.writeBooleanField("holds", held.holds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : verdict.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void outputs(JsonGenerator json, String field, List<Drift> drifts) throws IOException {
        json.writeArrayFieldStart(field);
        for (Drift drift : drifts) {
            json.writeStartObject();
            json.writeStringField("output", drift.output());
            json.writeStringField("compared", drift.means().words());
            json.writeBooleanField("same", drift.same());
            number(json, "maxError", drift.maxError());
            number(json, "sqnr", drift.sqnr());
            number(json, "top1", drift.top1());
            number(json, "equal", drift.equal());
            json.writeStringField("original", drift.level().name().toLowerCase(Locale.ROOT));
            number(json, "floor", drift.floor());
            json.writeBooleanField("holds", drift.holds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String field, double value) throws IOException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }
}
