package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Forecast;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Report CHECK = Reports.CHECK.named("html");
    private static final Report FORECAST = Reports.FORECAST.named("html");

    @Test
    void check() {
        Golden.check("check.html", Golden.text(CHECK, Runs.small()));
    }

    @Test
    void forecast() {
        Golden.check("forecast.html", Golden.text(FORECAST, Runs.small()));
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
            String plain = Golden.text(report, Runs.small());
            assertEquals(count("<script", plain), count("<script", html));
            assertEquals(1, count("</title>", html.substring(0, html.indexOf("<style>"))));
            assertFalse(html.contains("<script>alert"));
            assertFalse(html.contains("\"'&`"), "quotes must be escaped");
            assertTrue(html.contains("${7*7}"), "a name is no template");
            assertTrue(html.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'));
            assertTrue(html.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT));
            assertTrue(html.length() < 100_000, "a long name must be cut: " + html.length());
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
        assertTrue(html.contains("<h4>Why TensorRT cares</h4>"));
        assertTrue(html.contains("<td>documentation</td>"));
        assertTrue(html.contains("&lt;b&gt;raw HTML&lt;/b&gt;"));
    }

    private static int count(String part, String whole) {
        return whole.split(Pattern.quote(part), -1).length - 1;
    }
}
