package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.report.ReportOptions.SarifRegion;
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

    @Test
    void regionPointsAtTheBytesOfTheNode() throws IOException {
        Run run = Runs.small(Runs.small().options().withRegion(SarifRegion.BYTE));
        JsonNode region = run(run).at("/results/1/locations/0/physicalLocation/region");
        assertEquals(
                run.diagnoses().get(0).findings().get(1).node().source().offset(),
                region.get("byteOffset").longValue());
        assertEquals(80, region.get("byteLength").intValue());
    }

    @Test
    void aResultThatCanBeMendedSaysHow() throws IOException {
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
