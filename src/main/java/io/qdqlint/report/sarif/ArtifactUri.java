package io.qdqlint.report.sarif;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.StringJoiner;

/** A file as SARIF names it: relative to the working folder, percent-encoded; absolute where it lies outside. */
final class ArtifactUri {
    private static final String UNRESERVED = "-._~!$&'()*+,;=@";

    private ArtifactUri() {}

    /** The URI of a file name that may be no valid path. */
    static String of(String file) {
        try {
            return of(Path.of(file));
        } catch (InvalidPathException e) {
            return encode(file);
        }
    }

    static String of(Path file) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(here)) {
            return absolute.toUri().toASCIIString();
        }
        StringJoiner out = new StringJoiner("/");
        here.relativize(absolute).forEach(part -> out.add(encode(part.toString())));
        return out.toString();
    }

    private static String encode(String part) {
        StringBuilder out = new StringBuilder();
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
