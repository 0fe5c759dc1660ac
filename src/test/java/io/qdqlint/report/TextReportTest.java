package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
