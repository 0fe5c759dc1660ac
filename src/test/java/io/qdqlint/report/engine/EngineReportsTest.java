package io.qdqlint.report.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineProfile;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.compare.EngineComparison;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class EngineReportsTest {
    private static final Path ENGINES = Path.of("src/test/resources/engines");
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\u0007";

    private static MeasuredEngine engine(String name) throws IOException {
        return MeasuredEngineReader.read(ENGINES.resolve(name));
    }

    private static MeasuredEngine hostile() {
        EngineTensor tensor = new EngineTensor(HOSTILE, Precision.FP16, "linear", List.of(1L));
        EngineLayer layer =
                new EngineLayer(HOSTILE, HOSTILE, HOSTILE, List.of(tensor), List.of(tensor), List.of(HOSTILE), HOSTILE);
        return new MeasuredEngine(new Engine(HOSTILE, true, List.of(layer), List.of(HOSTILE)), null, null);
    }

    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static String written(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPictureIsWellFormedAndHasEveryLayer() throws Exception {
        MeasuredEngine engine = engine("yolov7.monkey.int8");
        String svg = written(out -> EngineReport.writeSvg(engine, out));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals("svg", document.getDocumentElement().getTagName());
        assertEquals(208, svg.split("<g class=\"l ", -1).length - 1);
        assertEquals(57, svg.split("<g class=\"l QUANTIZE", -1).length - 1);
        assertEquals(svg, written(out -> EngineReport.writeSvg(engine, out)));
    }

    @Test
    void namesFromAModelStayText() throws Exception {
        MeasuredEngine engine = hostile();
        EngineComparison comparison = EngineComparison.of(engine, engine);
        for (String page : List.of(
                written(out -> EngineReport.writeHtml(engine, out)),
                written(out -> EngineReport.writeSvg(engine, out)),
                written(out -> ComparisonHtmlReport.write(comparison, out)))) {
            assertFalse(page.contains("<img"), page);
        }
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        written(out -> EngineReport.writeSvg(engine, out)).getBytes(StandardCharsets.UTF_8)));
        assertFalse(ComparisonTextReport.of(comparison, 10).contains("\u0007"));
    }

    @Test
    void layersThatAreEqualAreToldApart() throws IOException {
        EngineTensor tensor = new EngineTensor("t", Precision.INT8, "linear", List.of(1L));
        EngineLayer one = new EngineLayer("n", "NoOp", "", List.of(tensor), List.of(tensor), List.of(), "");
        EngineLayer other = new EngineLayer("n", "NoOp", "", List.of(tensor), List.of(tensor), List.of(), "");
        EngineProfile profile = new EngineProfile(1, List.of(new EngineProfile.Row("n", 2, 2)));
        MeasuredEngine engine =
                new MeasuredEngine(new Engine("e", true, List.of(one, other), List.of()), profile, null);
        String page = written(out -> EngineReport.writeHtml(engine, out));
        assertTrue(page.contains("<g class=\"l NOOP\" data-l=\"1\""), page);
        assertTrue(page.contains("<tr data-l=\"0\"><td class=\"n\">2000.0</td><td class=\"n\">100.0</td>"), page);
        assertTrue(page.contains("<tr data-l=\"1\"><td class=\"n\"></td><td class=\"n\"></td>"), page);
    }

    @Test
    void aComparisonPageStandsAloneAndLetsNoOtherScriptRun() throws IOException {
        EngineComparison comparison = EngineComparison.of(engine("unet.monkey.int8"), engine("unet.monkey.int8"));
        String page = written(out -> ComparisonHtmlReport.write(comparison, out));
        assertTrue(page.contains("default-src 'none'")
                && page.contains("script-src 'sha256-")
                && page.contains("style-src 'sha256-"));
        assertFalse(Pattern.compile("src=\"|href=\"[^#]|url\\(").matcher(page).find());
        assertEquals(2, page.split("<svg xmlns", -1).length - 1);
    }

    @Test
    void jsonHoldsTheStoryTheTotalsAndTheGroups() throws IOException {
        EngineComparison comparison = EngineComparison.of(engine("yolov7.monkey.int8"), engine("yolov7.tied.int8"));
        JsonNode json = new ObjectMapper().readTree(written(out -> ComparisonJsonReport.write(comparison, out)));
        assertEquals(57, json.path("a").path("quantizeKernels").asInt());
        assertEquals(1, json.path("b").path("quantizeKernels").asInt());
        assertEquals("/e1/o/c/Conv", json.path("groups").path(0).path("title").asText());
        assertEquals(4, json.path("groups").path(0).path("a").size());
    }

    @Test
    void textListsTheLargestDifferencesFirstAndCountsTheRest() throws IOException {
        EngineComparison comparison = EngineComparison.of(engine("yolov7.monkey.int8"), engine("yolov7.tied.int8"));
        String text = ComparisonTextReport.of(comparison, 3);
        assertTrue(
                text.contains("   61.0 µs    14.6 µs  -46.4 µs    4 / 1  /e1/o/c/Conv: 2 quantize kernels fewer"),
                text);
        assertTrue(text.contains("more\n"), text);
    }

    @Test
    void aBenchTableIsMarkdown() throws IOException {
        MeasuredEngine engine = engine("yolov7.monkey.int8");
        MeasuredEngine timed = new MeasuredEngine(
                engine.engine(),
                null,
                io.qdqlint.trt.BuildLogReader.read(ENGINES.resolve("resnet50.residual.int8.log")));
        String table = BenchMarkdownReport.of(List.of(
                new BenchMarkdownReport.Row("QAT | x", timed, timed.log(), List.of()),
                new BenchMarkdownReport.Row(
                        "fixed",
                        null,
                        io.qdqlint.trt.BuildLogReader.read(ENGINES.resolve("unet.ort.int8.log")),
                        List.of())));
        assertTrue(table.contains("| QAT \\| x | 1420.1 /s | 0.523 ms | 1.408 ms | – | 57 | – | 100 % |"), table);
        assertTrue(table.contains("| fixed | not built at `d.0.0.bias_DequantizeLinear` |"), table);
        assertTrue(table.endsWith("TensorRT 10.6.0, NVIDIA H100 80GB HBM3\n"), table);
    }
}
