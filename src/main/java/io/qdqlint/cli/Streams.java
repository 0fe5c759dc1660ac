package io.qdqlint.cli;

import io.qdqlint.report.Printable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.stream.Collectors;

/**
 * Where a command writes. Reports go to {@code out}; everything else a person may want to know goes to {@code err}.
 */
record Streams(OutputStream out, PrintStream err) {
    /** Tells a person something, in which names from a model may stand. */
    void tell(String text) {
        err.println(
                "qdqlint: " + text.lines().map(Printable::line).collect(Collectors.joining(System.lineSeparator())));
    }
}
