package io.qdqlint.report.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.report.json.Json;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.tune.Trial;
import io.qdqlint.tune.Tuning;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A tuning for programs; {@code docs/json-schema/tune.schema.json} describes it. Times are milliseconds. */
public final class TuneJsonReport {
    private static final int SCHEMA_VERSION = 1;

    private TuneJsonReport() {}

    /** Writes it, and flushes. */
    public static void write(Tuning tuning, String version, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("tool", "qdqlint");
            json.writeStringField("toolVersion", version);
            machine(json, tuning);
            json.writeStringField("result", tuning.result().map(Trial::name).orElse(null));
            json.writeNumberField("noise", tuning.noise().share());
            json.writeArrayFieldStart("trials");
            for (Trial trial : tuning.trials()) {
                trial(json, trial);
            }
            json.writeEndArray();
            EngineDetails.strings(json, "sentences", TuneStory.of(tuning));
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }

    private static void machine(JsonGenerator json, Tuning tuning) throws IOException {
        BuildLog log = tuning.trials().stream()
                .filter(t -> t.engine() != null && t.engine().log().version() != null)
                .map(t -> t.engine().log())
                .findFirst()
                .orElse(BuildLog.NONE);
        json.writeStringField(
                "tensorrt", log.version() == null ? null : log.version().toString());
        json.writeStringField("device", log.device());
    }

    /** A number to a nanosecond, null where it is not known. */
    private static void number(JsonGenerator json, String field, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, Math.round(value * 1e6) / 1e6);
        }
    }

    private static void trial(JsonGenerator json, Trial trial) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", trial.name());
        json.writeBooleanField("model", trial.writable());
        json.writeBooleanField("built", trial.built());
        json.writeStringField("failure", trial.failure().isEmpty() ? null : trial.failure());
        json.writeArrayFieldStart("millis");
        for (double millis : trial.millis()) {
            json.writeNumber(millis);
        }
        json.writeEndArray();
        number(json, "median", trial.time());
        number(json, "foreseen", trial.forecast());
        number(json, "seconds", trial.seconds());
        EngineDetails.strings(json, "floats", List.copyOf(trial.floats()));
        json.writeEndObject();
    }
}
