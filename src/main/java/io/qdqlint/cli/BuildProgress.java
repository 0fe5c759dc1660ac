package io.qdqlint.cli;

import io.qdqlint.report.Printable;
import java.util.function.Consumer;

/** Reports the progress of a build on standard error: a line for each step of trtexec, and a line now and then in between. */
final class BuildProgress implements Consumer<String> {
    private static final long QUIET_NANOS = 15_000_000_000L;

    private final Streams streams;
    private final String what;
    private final boolean verbose;
    private final long start = System.nanoTime();
    private String phase = "";
    private long lastReport;

    BuildProgress(Streams streams, String what, boolean verbose) {
        this.streams = streams;
        this.what = what;
        this.verbose = verbose;
    }

    @Override
    public void accept(String line) {
        if (verbose) {
            streams.err().println("trtexec: " + Printable.line(line));
            return;
        }
        String now = phase(line);
        long time = System.nanoTime();
        if (!now.equals(phase) || time - lastReport > QUIET_NANOS) {
            phase = now;
            lastReport = time;
            streams.report(what + ": " + phase + " (" + (time - start) / 1_000_000_000L + " s)");
        }
    }

    private String phase(String line) {
        if (line.contains("Start parsing network model")) {
            return "reading the model";
        }
        if (line.contains("Finished parsing network model")) {
            return "building the engine";
        }
        if (line.contains("Engine built in") || line.contains("Starting inference")) {
            return "measuring";
        }
        if (line.startsWith("&&&& PASSED")) {
            return "done";
        }
        return phase.isEmpty() ? "starting TensorRT" : phase;
    }
}
