package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.gate.Fingerprints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SarifReportTest {
    private static final Report SARIF = Reports.CHECK.named("sarif");

    private static JsonNode run(Run run) throws IOException {
        String json = Golden.text(SARIF, run);
        JsonSchemas.assertValid(JsonSchemas.SARIF, json);
        return new ObjectMapper().readTree(json).at("/runs/0");
    }

    @Test
    void smallRun() throws IOException {
        run(Runs.small());
        Golden.check("check.sarif", Golden.text(SARIF, Runs.small()));
    }

    /** GitHub shows no byte offsets, and warns once for each result that has a line and a fingerprint of ours. */
    @Test
    void noResultHasARegion() throws IOException {
        String json = Golden.text(SARIF, Runs.small());
        assertFalse(json.contains("\"region\"") || json.contains("startLine"), json);
    }

    @Test
    void messagesTellResultsOfARuleApart() throws IOException {
        JsonNode results = run(Runs.of(Runs.many(3, 2))).get("results");
        Set<String> beginnings = new HashSet<>();
        results.forEach(r -> beginnings.add(
                r.at("/message/text").textValue().substring(0, 30).replaceAll(": .*", "")));
        assertEquals(
                Set.of("'/model.0/Concat', 2.20 µs", "'/model.1/Concat', 2.20 µs", "'/model.2/Concat', 2.20 µs"),
                beginnings);
    }

    @Test
    void theCostliestOfAllModelsComesFirst() throws IOException {
        Run cheap = Runs.of(Runs.many(1, 2));
        Run run = new Run(
                List.of(Runs.branches("a.onnx"), Runs.many(1, 5)),
                List.of(),
                cheap.catalogue(),
                "0.1.0",
                ReportOptions.DEFAULT);
        JsonNode results = run(run).get("results");
        assertEquals("QDQ501", results.at("/0/ruleId").textValue());
        assertEquals(4, results.at("/1/properties/kernels").intValue());
    }

    @Test
    void theToolAndItsRulesHavePages() throws IOException {
        JsonNode driver = run(Runs.small()).at("/tool/driver");
        assertTrue(driver.get("informationUri").textValue().startsWith("https://"));
        driver.get("rules")
                .forEach(r -> assertTrue(
                        r.get("helpUri").textValue().endsWith(r.get("id").textValue() + ".md")));
    }

    @Test
    void aResultThatCanBeFixedSaysHow() throws IOException {
        JsonNode results = run(Runs.small()).get("results");
        List<String> all = new ArrayList<>();
        results.forEach(r -> all.add(r.get("ruleId").textValue() + " "
                + r.at("/properties/fixArguments").toString()));
        assertEquals(
                List.of(
                        "QDQ501 ",
                        "QDQ101 [\"fix\",\"--select\",\"QDQ101\",\"--unsafe\",\"models/branches.onnx\"]",
                        "QDQ601 [\"fix\",\"--select\",\"QDQ601\",\"--unsafe\",\"models/branches.onnx\"]"),
                all);
    }

    @Test
    void eachFindingHasAFingerprintOfItsOwn() throws IOException {
        JsonNode results = run(Runs.of(Runs.many(60, 2))).get("results");
        Set<String> seen = new HashSet<>();
        results.forEach(r ->
                seen.add(r.at("/partialFingerprints/primaryLocationLineHash").textValue()));
        assertEquals(60, seen.size());
    }

    @Test
    void fingerprintDoesNotDependOnTheFile() {
        assertEquals(Fingerprints.of(Runs.branches("a.onnx")), Fingerprints.of(Runs.branches("b/c.onnx")));
        assertNotEquals(
                Fingerprints.of(Runs.branches("a.onnx")).get(0),
                Fingerprints.of(Runs.branches("a.onnx")).get(1));
    }

    @Test
    void uriIsPercentEncodedAndRelative() throws IOException {
        JsonNode json = run(Runs.of(Runs.branches("models/a b/h\u00e9:\u00fc%.onnx")));
        assertEquals(
                "models/a%20b/h%C3%A9%3A%C3%BC%25.onnx",
                json.at("/artifacts/0/location/uri").textValue());
    }

    @Test
    void hostileNames() throws IOException {
        JsonNode json = run(Runs.hostile());
        String message = json.at("/results/0/message/text").textValue();
        assertTrue(message.length() < 5000 && message.endsWith("."), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
