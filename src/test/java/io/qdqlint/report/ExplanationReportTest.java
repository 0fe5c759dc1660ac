package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Explanation.Statement;
import io.qdqlint.forecast.Explanation.Step;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationReportTest {
    private static Run run() {
        Diagnosis d = Runs.branches("m.onnx");
        Explanation explanation = new Explanation(
                Graphs.node(d.model(), "/stem/in/Q"),
                List.of(new Step(
                        "it needs '\u001b[31m<x>' in INT8",
                        List.of(new Statement("a Q needs its input in INT8", "8.0+", "definition")))),
                "it is a quantize kernel of its own");
        return Runs.of(new Diagnosis(
                d.model(), d.tensorrt(), d.findings(), d.forecast().explained(List.of(explanation))));
    }

    @Test
    void textTellsStepsStatementsAndOutcome() {
        String text = Golden.text(Reports.FORECAST.named("text"), run());
        assertTrue(text.contains("/stem/in/Q (QuantizeLinear)\n  it needs"), text);
        assertTrue(text.contains("\n      a Q needs its input in INT8 (8.0+; definition)\n"), text);
        assertTrue(text.contains("\n  => it is a quantize kernel of its own\n"), text);
        assertFalse(text.contains("layers\n"), text);
        assertFalse(text.contains("\u001b"), text);
    }

    @Test
    void jsonTellsTheSame() throws IOException {
        String line = Golden.text(Reports.FORECAST.named("json"), run());
        JsonSchemas.assertValid(JsonSchemas.FORECAST, line);
        JsonNode explanation = new ObjectMapper().readTree(line).at("/explanations/0");
        assertEquals("/stem/in/Q", explanation.at("/node").textValue());
        assertEquals("8.0+", explanation.at("/steps/0/because/0/versions").textValue());
    }

    @Test
    void htmlEscapesNames() {
        String html = Golden.text(Reports.FORECAST.named("html"), run());
        assertTrue(html.contains("It needs"), html);
        assertTrue(html.contains("&lt;x&gt;"), html);
        assertTrue(html.contains("It is a quantize kernel of its own."), html);
    }
}
