package io.qdqlint.trt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLinesTest {
    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        LogLines.read(in, lines::add);
        return lines;
    }

    @Test
    void linesAreHandedOnWithoutTheirEnds() throws IOException {
        assertEquals(List.of("a", "", "b\u00e9", "c"), lines(text("a\n\r\nb\u00e9\r\nc")));
        assertEquals(List.of("a"), lines(text("a\n")));
        assertEquals(List.of(), lines(text("")));
    }

    @Test
    void ofALineWithoutEndOnlyTheBeginningIsKept() throws IOException {
        InputStream endless = new InputStream() {
            private int left = 20_000_000;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int n = Math.min(length, left);
                java.util.Arrays.fill(into, offset, offset + Math.max(0, n), (byte) 'x');
                left -= n;
                return n > 0 ? n : -1;
            }
        };
        List<String> lines = lines(new SequenceInputStream(endless, text("\nnext")));
        assertEquals(2, lines.size());
        assertEquals(LogLines.LONGEST, lines.get(0).length());
        assertEquals("next", lines.get(1));
    }

    @Test
    void jsonThatIsNestedTooDeepIsToldSo(@TempDir Path folder) throws IOException {
        for (int depth : new int[] {1_001, 100_000}) {
            Path file = Files.writeString(folder.resolve("n.layer.json"), "[".repeat(depth));
            String told = assertThrows(UnreadableEngineException.class, () -> MeasuredEngineReader.read(file))
                    .getMessage();
            assertTrue(told.startsWith(file.toString()) && told.endsWith("nested more than 1000 deep"), told);
        }
    }
}
