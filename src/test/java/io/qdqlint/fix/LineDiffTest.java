package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    private static String diff(String old, String now) {
        return String.join(" ", LineDiff.of(List.of(old.split("")), List.of(now.split("")), 1));
    }

    @Test
    void equalTextsDoNotDiffer() {
        assertEquals("", diff("abc", "abc"));
    }

    @Test
    void changesStandInTheirContext() {
        assertEquals("@@ -2,3 +2,3 @@  b -c +x  d", diff("abcdef", "abxdef"));
        assertEquals("@@ -1,1 +1,2 @@ +x  a", diff("ab", "xab"));
        assertEquals("@@ -2,2 +2,1 @@  b -c", diff("abc", "ab"));
    }

    @Test
    void nearChangesShareAHunk() {
        assertEquals("@@ -1,5 +1,5 @@  a -b +x  c -d +y  e", diff("abcde", "axcye"));
        assertEquals("@@ -1,3 +1,3 @@  a -b +x  c @@ -5,2 +5,2 @@  e -f +y", diff("abcdef", "axcdey"));
    }

    @Test
    void repeatedLinesAreNoAnchors() {
        assertEquals("@@ -1,4 +1,3 @@  } -a -} -b +} +}", diff("}a}b", "}}}"));
    }
}
