package io.qdqlint.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The {@code -f NAME[=FILE]} option of the commands that report on engines. */
final class EngineFormats {
    private List<String> formats = List.of("text");

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("-f", "--format")
                .label("NAME[=FILE]")
                .says("What to write, to FILE or to standard output; may be repeated. Default: text.")
                .toList(String.class, v -> formats = v);
    }

    /** Writes one format. */
    interface Writer {
        void write(String name, OutputStream out) throws IOException;
    }

    /** Checks the formats before any work is done. */
    void check(List<String> known) {
        for (String format : formats) {
            if (!known.contains(name(format))) {
                throw new UsageException(
                        "there is no format '" + name(format) + "'; there are " + String.join(", ", known));
            }
        }
    }

    /** Writes each format that was asked for. */
    void write(Writer writer, OutputStream standard) throws IOException {
        for (String format : formats) {
            String file = format.equals(name(format))
                    ? "-"
                    : format.substring(name(format).length() + 1);
            if (file.equals("-")) {
                writer.write(name(format), standard);
                standard.flush();
            } else {
                try (OutputStream out = Files.newOutputStream(Path.of(file))) {
                    writer.write(name(format), out);
                }
            }
        }
    }

    private static String name(String format) {
        int equals = format.indexOf('=');
        return equals < 0 ? format : format.substring(0, equals);
    }
}
