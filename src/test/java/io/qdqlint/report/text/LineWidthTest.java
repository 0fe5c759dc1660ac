package io.qdqlint.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineWidthTest {
    @Test
    void aSentenceIsBrokenAtSpacesAndIndented() {
        assertEquals("warning: one two\n    three four\n", LineWidth.fit("warning: one two three four\n", 17));
        assertEquals("  = fix: one two\n      three\n", LineWidth.fit("  = fix: one two three\n", 18));
    }

    @Test
    void coloursTakeNoRoom() {
        String text = "\u001b[1;33mwarning\u001b[0m: \u001b[1mone two\u001b[0m\n";
        assertEquals(text, LineWidth.fit(text, 16));
    }

    @Test
    void excerptsCommandsAndLongWordsStay() {
        for (String text : new String[] {
            " 12 | y = Concat(a, b, c, d)\n",
            "    qdqlint fix --unsafe a/long/name.onnx -o FIXED.onnx\n",
            "x".repeat(50) + "\n"
        }) {
            assertEquals(text, LineWidth.fit(text, 20));
        }
    }

    @Test
    void withoutAWidthNothingIsBroken() {
        assertEquals("one two three\n", LineWidth.fit("one two three\n", 0));
    }
}
