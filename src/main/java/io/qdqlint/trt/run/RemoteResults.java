package io.qdqlint.trt.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the files that build.sh sends. Only names that were requested are written, whatever the far side says. */
final class RemoteResults {
    private static final Pattern HEADER = Pattern.compile("qdqlint-result ([a-z.]+) (\\d{1,10})");
    private static final Set<String> NAMES = Set.copyOf(TrtexecFlags.RESULTS);
    private static final int LINE_LIMIT = 4096;
    private static final long SIZE_LIMIT = 1L << 30;

    private RemoteResults() {}

    /** Reads until the stream ends; lines that are no header, such as a login script's greeting, are passed over. */
    static void read(InputStream from, Path results) throws IOException {
        InputStream in = new BufferedInputStream(from);
        for (String line = line(in); line != null; line = line(in)) {
            Matcher m = HEADER.matcher(line);
            if (m.matches() && NAMES.contains(m.group(1)) && Long.parseLong(m.group(2)) <= SIZE_LIMIT) {
                try (OutputStream out = Files.newOutputStream(results.resolve(m.group(1)))) {
                    copy(in, out, Long.parseLong(m.group(2)));
                }
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (out.size() < LINE_LIMIT) {
                out.write(c);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void copy(InputStream in, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = size; left > 0; ) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new IOException("the results are incomplete");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }
}
