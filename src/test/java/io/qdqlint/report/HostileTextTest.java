package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostileTextTest {
    @Test
    void noControlCharacterOfANameReachesTheTerminal() {
        for (Reports command : Reports.values()) {
            String text = Golden.text(command.named("text"), Runs.hostile());
            assertTrue(text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'), text);
            assertTrue(text.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT), text);
            assertTrue(text.length() < 20_000, "a long name must be cut");
        }
    }

    @Test
    void lineShortensInTheMiddleAtASeparator() {
        assertEquals("/model.12/\u2026/output_0", Printable.line("/model.12/cv1/conv/_input_quantizer/output_0", 22));
        assertEquals("short", Printable.line("short", 22));
        assertEquals("\\u001b[31m\\n", Printable.line("\u001b[31m\n"));
        for (int limit : List.of(3, 4, 10, 40)) {
            assertTrue(Printable.line(Runs.HOSTILE.repeat(50), limit).length() <= limit);
            assertTrue(Printable.line("\ud83d\ude00".repeat(50), limit).length() <= limit);
        }
    }
}
