package io.qdqlint.cli;

import io.qdqlint.report.Printable;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Where a command writes. Reports go to {@code out}; everything else a person may want to know goes to {@code err}.
 */
record Streams(Output out, PrintStream err) {
    /** Prints a line for the user, in which there may be names from a model. */
    void report(String text) {
        flush();
        // Each line: what a name from a model begins a line with must not be taken for a command of a CI system.
        text.lines().map(Printable::line).forEach(line -> err.println("qdqlint: " + line));
    }

    /** Reports what went wrong, unless it did because standard output cannot be written, which {@link Main} reports. */
    void reportUnlessFull(Throwable e) {
        if (out.failure() == null) {
            report(Failures.describe(e));
        }
    }

    /** Sends off what was written to {@code out}, so that what a person sees is in order. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            // Output remembers it, and the call ends with it.
        }
    }
}
