package io.qdqlint.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command writes. Reports go to {@code out}; everything else a person may want to know goes to {@code err}.
 */
record Streams(OutputStream out, PrintStream err) {}
