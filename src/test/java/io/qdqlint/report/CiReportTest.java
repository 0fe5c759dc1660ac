package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class CiReportTest {
    private static String of(String format, Run run) {
        return Golden.text(Reports.CHECK.named(format), run);
    }

    @Test
    void smallRun() {
        Golden.check("check.md", of("markdown", Runs.small()));
        Golden.check("check.github", of("github", Runs.small()));
        Golden.check("check.junit.xml", of("junit", Runs.small()));
        Golden.check("check.gitlab.json", of("gitlab", Runs.small()));
    }

    @Test
    void junitOfHostileNamesIsXml() throws Exception {
        byte[] xml = of("junit", Runs.hostile()).getBytes(StandardCharsets.UTF_8);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        assertEquals(1, document.getElementsByTagName("failure").getLength());
        assertEquals(1, document.getElementsByTagName("error").getLength());
    }

    @Test
    void hostileNamesAreNoWorkflowCommands() {
        String text = of("github", Runs.hostile());
        assertEquals(3, text.lines().count(), text);
        assertEquals(
                2,
                text.lines().filter(l -> l.startsWith("::error file=models/")).count());
    }

    @Test
    void githubShowsTenOfAKind() {
        String text = of("github", Runs.of(Runs.many(60, 2)));
        assertEquals(10, text.lines().filter(l -> l.startsWith("::warning ")).count());
        assertTrue(
                text.contains("qdqlint: 1 model, 60 warnings; 50 of them without annotation\n60 findings can be fixed"),
                text);
    }

    @Test
    void hostileNamesStayInTheirCell() {
        var tables = List.of(TablesExtension.create());
        String text = of("markdown", Runs.hostile());
        String html = HtmlRenderer.builder()
                .extensions(tables)
                .build()
                .render(Parser.builder().extensions(tables).build().parse(text));
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("<a "), html);
        assertTrue(text.length() < 10_000);
    }

    @Test
    void longSummaryIsCut() {
        assertTrue(of("markdown", Runs.of(Runs.many(300, 2))).contains("200 findings more"));
    }
}
