package io.qdqlint.report;

import java.io.IOException;
import java.io.OutputStream;

/** A format of the report of a run. Stateless. */
public interface Report {

    /** The name that selects it, such as {@code text}. */
    String name();

    /**
     * Writes the whole report, UTF-8, and flushes. Equal runs give equal bytes.
     *
     * @param out stays open
     */
    void write(Run run, OutputStream out) throws IOException;
}
