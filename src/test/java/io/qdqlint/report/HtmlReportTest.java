package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Report CHECK = Reports.CHECK.named("html");
    private static final Report FORECAST = Reports.FORECAST.named("html");

    @Test
    void check() {
        Golden.check("check.html", content(Golden.text(CHECK, Runs.small())));
    }

    @Test
    void forecast() {
        Golden.check("forecast.html", content(Golden.text(FORECAST, Runs.small())));
    }

    /** The page without style and script, which are files of their own in reports/. */
    private static String content(String html) {
        return html.replaceAll("(?s)<(style|script)>.*?</\\1>", "<$1></$1>").replaceAll("sha256-[^']+", "sha256-");
    }

    @Test
    void equalRunsGiveEqualPages() {
        assertEquals(Golden.text(CHECK, Runs.of(Runs.many(12, 4))), Golden.text(CHECK, Runs.of(Runs.many(12, 4))));
    }

    @Test
    void loadsNothing() {
        for (String html : List.of(Golden.text(CHECK, Runs.small()), Golden.text(FORECAST, Runs.small()))) {
            assertTrue(html.contains("default-src 'none'"));
            assertFalse(Pattern.compile("(?i)\\b(src|srcset|action|data)=|<link|<iframe|<img|@import|url\\(")
                    .matcher(html)
                    .find());
            assertFalse(html.contains("style=\""), "the policy forbids style attributes");
        }
    }

    @Test
    void hostileNamesAreText() {
        for (Report report : List.of(CHECK, FORECAST)) {
            String html = Golden.text(report, Runs.hostile());
            assertEquals(2, count("<script", html), "the page's own and one graph");
            assertEquals(1, count("</title>", html.substring(0, html.indexOf("<style>"))));
            assertFalse(html.contains("<script>alert"));
            String data = "(?s)<script type=\"application/json\" id=\"m1-graph\">[^<]*</script>";
            assertFalse(html.replaceFirst(data, "").contains("\"'&`"), "quotes must be escaped");
            assertTrue(html.contains("${7*7}"), "a name is no template");
            assertTrue(html.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'));
            assertTrue(html.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT));
            assertTrue(html.length() < 120_000, "a long name must be cut: " + html.length());
        }
    }

    @Test
    void everyLinkLeadsSomewhereAndIdsAreUnique() {
        Diagnosis many = Runs.many(8, 3);
        Run run = new Run(
                List.of(Runs.branches("a.onnx"), Runs.branches("b.onnx"), many),
                List.of(),
                Runs::catalogue,
                "0.1.0",
                ReportOptions.DEFAULT);
        String html = Golden.text(CHECK, run);
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile("\\bid=\"([^\"]*)\"").matcher(html);
        while (id.find()) {
            assertTrue(ids.add(id.group(1)), "twice: " + id.group(1));
        }
        Matcher link = Pattern.compile("href=\"#([^\"]*)\"").matcher(html);
        while (link.find()) {
            assertTrue(ids.contains(link.group(1)), "leads nowhere: " + link.group(1));
        }
    }

    @Test
    void picturesEndAfterFiftyAndExcerptsTakeOver() {
        String html = Golden.text(CHECK, Runs.of(Runs.many(60, 2)));
        assertEquals(50, count("<svg class=\"graph\"", html));
        assertEquals(10, count("<pre class=\"scroll\"", html));
    }

    @Test
    void aForecastOfAHugeModelListsTheBeginningAndCountsTheRest() {
        Diagnosis small = Runs.branches("a.onnx");
        Forecast forecast = small.forecast();
        Forecast huge = new Forecast(
                "",
                List.of(),
                Collections.nCopies(2001, forecast.layers().get(0)),
                Collections.nCopies(2500, forecast.kernels().get(0)));
        String html = Golden.text(FORECAST, Runs.of(new Diagnosis(small.model(), small.tensorrt(), List.of(), huge)));
        assertEquals(4000, count("<tr data-severity", html));
        assertTrue(html.contains("<p>500 kernels not listed: the JSON report has all.</p>"));
        assertTrue(html.contains("<p>1 layer not listed: the JSON report has all.</p>"));
    }

    @Test
    void rulePageIsRenderedAndItsHtmlEscaped() {
        String html = Golden.text(CHECK, Runs.small());
        assertTrue(html.contains("<h3>Why TensorRT cares</h3>"));
        assertTrue(html.contains("<td>documentation</td>"));
        assertTrue(html.contains("&lt;b&gt;raw HTML&lt;/b&gt;"));
    }

    @Test
    void whatToDoComesFirstWithTheTimeBeforeAndAfter() {
        String html = Golden.text(CHECK, Runs.of(withTwoKernels()));
        int todo = html.indexOf("qdqlint fix --unsafe models/branches.onnx -o FIXED.onnx</code><button");
        assertTrue(
                todo > 0 && todo < html.indexOf("<details class=\"finding"), "the command stands above the findings");
        assertTrue(html.contains("<span>5.00 µs in 2 kernels</span>"), html);
        assertTrue(
                html.contains("<rect width=\"42\" height=\"4\"/></svg><span>about 2.10 µs in 1 kernel</span>"), html);
    }

    /** The model of {@link Runs#branches}, which builds. */
    private static Diagnosis withTwoKernels() {
        Diagnosis d = Runs.branches("models/branches.onnx");
        Forecast f = d.forecast();
        return new Diagnosis(
                d.model(), "10", d.findings(), new Forecast(f.device(), List.of(), f.layers(), f.kernels()));
    }

    @Test
    void theCostliestFindingsStandTogetherWhateverTheirRule() {
        String html = Golden.text(CHECK, Runs.small());
        List<String> rules = Pattern.compile("class=\"finding \\w+\" id=\"m1-f\\d\" .*data-rule=\"(\\w+)\"")
                .matcher(html)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertEquals(List.of("QDQ501", "QDQ101", "QDQ601"), rules);
    }

    @Test
    void aCleanPageNamesTheKernelsThatStayAndTheNextCommand() {
        Diagnosis d = withTwoKernels();
        Forecast f = d.forecast();
        Forecast stays = new Forecast("H100", List.of(), f.layers(), f.kernels().subList(0, 1));
        String html = Golden.text(CHECK, Runs.of(new Diagnosis(d.model(), "10", List.of(), stays)));
        assertTrue(html.contains("<div class=\"verdict \">"), "neither a failure nor a warning");
        assertTrue(html.contains("<code>qdqlint validate models/branches.onnx</code>"), html);
        assertTrue(html.contains("<li>the tensor is a graph input: no kernel could write it in INT8</li>"), html);
        assertFalse(html.contains("id=\"filter\""));
    }

    @Test
    void aPairThatStopsTheBuildIsNamedOnce() {
        Diagnosis d = Runs.branches("models/branches.onnx");
        Node quantize = Graphs.node(d.model(), "/stem/in/Q");
        Node dequantize = quantize.output(0).uses().get(0).node();
        Forecast stopped = new Forecast(
                "",
                List.of(new Forecast.Blocker(quantize, "no"), new Forecast.Blocker(dequantize, "no")),
                List.of(),
                List.of());
        String html = Golden.text(CHECK, Runs.of(new Diagnosis(d.model(), "10", List.of(), stopped)));
        assertTrue(html.contains("TensorRT 10 will not build it."));
        assertTrue(html.contains("<q>no</q> at <code>/stem/in/Q</code></li>"), html);
    }

    @Test
    void aPageOfUnreadableFilesSaysSo() {
        Run run = new Run(
                List.of(),
                List.of(new Run.Unreadable("a.onnx", "the file is cut short")),
                Runs::catalogue,
                "0.1.0",
                ReportOptions.DEFAULT);
        for (Report report : List.of(CHECK, FORECAST)) {
            String html = Golden.text(report, run);
            assertTrue(html.contains("<h1>No model was read</h1>"), html);
            assertTrue(html.contains("<p>The file is cut short.</p>"), html);
        }
    }

    @Test
    void theGraphHasEveryNodeWhatBecomesOfItAndItsFindings() throws IOException {
        String html = Golden.text(CHECK, Runs.of(withTwoKernels()));
        String from = "id=\"m1-graph\">";
        int start = html.indexOf(from) + from.length();
        JsonNode graph = new ObjectMapper().readTree(html.substring(start, html.indexOf("</script>", start)));
        Map<String, String> states = new TreeMap<>();
        Map<String, Integer> places = new TreeMap<>();
        for (JsonNode node : graph.get("nodes")) {
            places.put(node.get(1).asText(), places.size());
            states.put(
                    node.get(1).asText(),
                    graph.get("words").get(node.get(2).asInt()).asText());
            node.get(4).forEach(p -> assertTrue(p.asInt() < places.size() - 1, "producers come first"));
        }
        assertEquals("int8", states.get("/stem/Conv"));
        assertEquals("int8", states.get("/stem/Relu"), "fused into it");
        assertEquals("fp16", states.get("/head/Conv"));
        assertEquals("stays", states.get("/stem/in/Q"));
        assertEquals("kernel", states.get("/left/in/Q"));
        assertEquals("gone", states.get("/head/in/Q"));
        assertFalse(states.containsKey("/stem/w/DQ"), "a weight belongs to the node that reads it");
        assertEquals(
                List.of(String.valueOf(places.get("/Concat")), "warning", "QDQ101"),
                StreamSupport.stream(graph.get("findings").get("m1-f2").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private static int count(String part, String whole) {
        return whole.split(Pattern.quote(part), -1).length - 1;
    }
}
