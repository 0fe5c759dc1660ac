package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxTextReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final Report TEXT = Reports.CHECK.named("text");

    @Test
    void smallRun() {
        Golden.check("check.txt", Golden.text(TEXT, Runs.small()));
    }

    @Test
    void manyLikeFindings() {
        Run run = Runs.of(Runs.many(20, 4));
        ReportOptions options = ReportOptions.DEFAULT.withWidth(80).withExcerpts(1);
        run = new Run(run.diagnoses(), run.unreadable(), run.catalogue(), run.version(), options);
        Golden.check("many.txt", Golden.text(TEXT, run));
    }

    @Test
    void aModelThatQuantizesNothingIsTold() {
        for (String node : List.of("y = Relu (x)", "y = QuantizeLinear (x, s)")) {
            Model model = OnnxTextReader.parse(
                    "<ir_version: 8, opset_import: [\"\" : 13]> g (float[2] x) => (y) <float s = {1}> { " + node + " }",
                    Path.of("m.onnx"));
            String text = Golden.text(TEXT, Runs.of(new Diagnosis(model, "10", List.of(), Forecast.NONE)));
            assertEquals(
                    node.contains("Relu") ? "m.onnx: no findings; it has no Q or DQ\n" : "m.onnx: no findings\n", text);
        }
    }

    @Test
    void forecast() {
        Golden.check("forecast.txt", Golden.text(Reports.FORECAST.named("text"), Runs.small()));
    }

    @Test
    void coloursOnlyAddEscapeSequences() {
        String plain = Golden.text(TEXT, Runs.small());
        String coloured = Golden.text(TEXT, Runs.small(Runs.small().options().withColour(true)));
        assertFalse(plain.contains("\u001b"));
        assertTrue(coloured.contains("\u001b[1;31merror[QDQ501]"));
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }
}
