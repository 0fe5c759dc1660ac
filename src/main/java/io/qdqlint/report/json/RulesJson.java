package io.qdqlint.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.RuleInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Rules for programs. */
public final class RulesJson {
    private RulesJson() {}

    /** Writes what each rule says of itself, its page included. */
    public static void write(List<RuleInfo> rules, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartArray();
            for (RuleInfo rule : rules) {
                json.writeStartObject();
                json.writeStringField("id", rule.id());
                json.writeStringField("slug", rule.slug());
                json.writeStringField("category", rule.category());
                json.writeStringField("severity", rule.severity().word());
                json.writeStringField("fix", rule.fix());
                json.writeStringField("since", rule.since());
                json.writeStringField("page", rule.page());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
        out.flush();
    }
}
