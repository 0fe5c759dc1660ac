package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final Report CHECK = Reports.CHECK.named("json");
    private static final Report FORECAST = Reports.FORECAST.named("json");

    @Test
    void check() {
        String json = Golden.text(CHECK, Runs.small());
        JsonSchemas.assertValid(JsonSchemas.CHECK, json);
        Golden.check("check.json", json);
    }

    @Test
    void forecastIsOneObjectALine() {
        String json = Golden.text(FORECAST, Runs.small());
        assertEquals(3, json.lines().count());
        json.lines().forEach(line -> JsonSchemas.assertValid(JsonSchemas.FORECAST, line));
        Golden.check("forecast.json", json);
    }

    /** The keys that the scoring script of the lab reads. */
    @Test
    void forecastOfOneModelIsOneObject() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Golden.text(FORECAST, Runs.of(Runs.branches("m.onnx"))));
        assertFalse(json.at("/build/ok").booleanValue());
        assertEquals("/stem/in/Q", json.at("/kernels/0/nodes/0").textValue());
        assertEquals("/stem/Conv", json.at("/layers/0/node").textValue());
        assertEquals("int8", json.at("/layers/0/precision").textValue());
    }

    @Test
    void hostileNamesStayAscii() throws IOException {
        String json = Golden.text(CHECK, Runs.hostile());
        JsonSchemas.assertValid(JsonSchemas.CHECK, json);
        assertTrue(json.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x80)));
        JsonNode finding = new ObjectMapper().readTree(json).at("/models/0/findings/0");
        assertTrue(finding.at("/node/name").textValue().startsWith(Runs.HOSTILE));
        assertTrue(finding.at("/cost/micros").isNull());
        Golden.text(FORECAST, Runs.hostile()).lines().forEach(l -> JsonSchemas.assertValid(JsonSchemas.FORECAST, l));
    }

    @Test
    void schemaRefusesWhatItShould() {
        String json = Golden.text(CHECK, Runs.small());
        String broken = json.replace("\"severity\" : \"error\"", "\"severity\" : \"fatal\"");
        assertFalse(JsonSchemas.CHECK.validate(broken, InputFormat.JSON).isEmpty());
    }
}
