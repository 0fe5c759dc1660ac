package io.qdqlint.report.ci;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import io.qdqlint.gate.Fingerprints;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import io.qdqlint.report.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Findings as GitLab's code quality report, which a merge request shows. */
public final class GitlabReport implements Report {
    private static final int SENTENCE = 1000;

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartArray();
            for (Run.Unreadable file : run.unreadable()) {
                issue(json, "unreadable-model", "blocker", file.message(), file.file(), "unreadable:" + file.file());
            }
            for (Diagnosis diagnosis : run.diagnoses()) {
                String file = diagnosis.model().file().toString();
                for (String breach : run.judgement(diagnosis).breaches()) {
                    String budget = breach.replaceAll("[0-9.]+", "");
                    issue(json, "over-budget", "blocker", breach, file, "budget:" + file + budget);
                }
                List<String> fingerprints = Fingerprints.of(diagnosis);
                for (int i = 0; i < fingerprints.size(); i++) {
                    Finding f = diagnosis.findings().get(i);
                    String name = f.ruleId() + " " + f.slug();
                    issue(json, name, severity(f.severity()), description(f), file, file + ":" + fingerprints.get(i));
                }
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
        out.flush();
    }

    private static String description(Finding f) {
        String cost = Amounts.cost(f.cost(), "");
        return f.message()
                + (cost.isEmpty() ? "" : " (" + cost + ")")
                + (f.remedy().isBlank() ? "" : ". Fix: " + f.remedy());
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "critical";
            case WARNING -> "major";
            case NOTE -> "info";
        };
    }

    /** GitLab requires a line. A model is a binary file, so each finding is at line 1. */
    private static void issue(
            JsonGenerator json, String check, String severity, String description, String file, String fingerprint)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("check_name", check);
        json.writeStringField("description", Printable.line(description, SENTENCE));
        json.writeStringField("severity", severity);
        json.writeStringField("fingerprint", Fingerprints.hash(fingerprint));
        json.writeObjectFieldStart("location");
        json.writeStringField("path", Printable.line(file, SENTENCE));
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", 1);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
