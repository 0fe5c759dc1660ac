package io.qdqlint.trt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The lines of a log. Of a line without end only the beginning comes into memory. */
public final class LogLines {
    /** Of the longest line that is handed on; what follows is left out. */
    public static final int LONGEST = 1 << 16;

    private LogLines() {}

    /** Hands on each line, without what ends it, until {@code in} ends. */
    public static void read(InputStream in, Consumer<String> sink) throws IOException {
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            char[] buffer = new char[1 << 13];
            StringBuilder line = new StringBuilder();
            boolean open = false;
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    open = buffer[i] != '\n';
                    if (!open) {
                        sink.accept(taken(line));
                    } else if (line.length() < LONGEST) {
                        line.append(buffer[i]);
                    }
                }
            }
            if (open) {
                sink.accept(taken(line));
            }
        }
    }

    private static String taken(StringBuilder line) {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        String text = line.substring(0, end);
        line.setLength(0);
        return text;
    }
}
