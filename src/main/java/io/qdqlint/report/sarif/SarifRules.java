package io.qdqlint.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.finding.Severity;
import io.qdqlint.report.FixOffer;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code rules} of the driver: the catalogue's, and any rule that a finding names and the catalogue lacks. */
final class SarifRules {
    /** The page of the project. */
    static final String PROJECT = "https://github.com/qdqlint/qdqlint";

    private static final int DESCRIPTION = 1000;
    private static final int TITLE = 250;

    private final Map<String, RuleInfo> rules = new LinkedHashMap<>();
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final RuleCatalogue catalogue;

    SarifRules(Run run) {
        catalogue = run.catalogue().get();
        catalogue.rules().forEach(r -> rules.put(r.id(), r));
        for (Diagnosis diagnosis : run.diagnoses()) {
            for (Finding f : diagnosis.findings()) {
                rules.computeIfAbsent(
                        f.ruleId(), id -> new RuleInfo(id, f.slug(), "user", f.severity(), "none", run.version(), ""));
            }
        }
        rules.keySet().forEach(id -> indexes.put(id, indexes.size()));
    }

    int index(String ruleId) {
        return indexes.get(ruleId);
    }

    /** Arguments of {@code qdqlint} that fix the rule's findings in a file, but for where to write; empty where there is no fix. */
    List<String> fix(String ruleId, String file) {
        return FixOffer.arguments(ruleId, catalogue, file);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rules");
        for (RuleInfo rule : rules.values()) {
            write(json, rule);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, RuleInfo rule) throws IOException {
        String title = Sentences.ended(Sentences.capitalized(rule.slug().replace('-', ' ')));
        String what = Sentences.plain(rule.section("What it finds"));
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("name", Sentences.pascalCase(rule.slug()));
        message(json, "shortDescription", Sentences.limited(what.isEmpty() ? title : Sentences.first(what), TITLE));
        message(json, "fullDescription", Sentences.limited(what.isEmpty() ? title : what, DESCRIPTION));
        json.writeObjectFieldStart("help");
        json.writeStringField("text", rule.page().isBlank() ? title : Sentences.plain(rule.page()));
        json.writeStringField("markdown", rule.page().isBlank() ? title : rule.page());
        json.writeEndObject();
        if (!rule.page().isBlank() && rule.id().startsWith("QDQ")) {
            json.writeStringField(
                    "helpUri",
                    PROJECT + "/blob/main/rules/" + rule.category() + "/" + rule.id() + "-" + rule.slug() + "/"
                            + rule.id() + ".md");
        }
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", rule.severity().word());
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("precision", rule.severity() == Severity.NOTE ? "medium" : "high");
        json.writeStringField(
                "problem.severity",
                rule.severity() == Severity.NOTE
                        ? "recommendation"
                        : rule.severity().word());
        json.writeArrayFieldStart("tags");
        for (String tag : List.of("tensorrt", "quantization", rule.category())) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    static void message(JsonGenerator json, String field, String text) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
