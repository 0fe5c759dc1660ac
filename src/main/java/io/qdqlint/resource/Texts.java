package io.qdqlint.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Small files of qdqlint's own. */
public final class Texts {
    private Texts() {}

    /**
     * The text of a file on the class path.
     *
     * @param path from the root, such as {@code devices.tsv}
     * @throws IllegalArgumentException if there is no such file
     */
    public static String of(String path) {
        try (InputStream in = Texts.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no file " + path + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
