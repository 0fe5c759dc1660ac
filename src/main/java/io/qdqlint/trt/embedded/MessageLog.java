package io.qdqlint.trt.embedded;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A log in trtexec's form, so that it is read as one. */
final class MessageLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/yyyy-HH:mm:ss", Locale.ROOT);

    private final PrintStream out;
    private final boolean verbose;

    MessageLog(PrintStream out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    void error(String text) {
        line('E', text);
    }

    void warning(String text) {
        line('W', text);
    }

    void info(String text) {
        line('I', text);
    }

    /**
     * A message of TensorRT's own, from any of its threads.
     *
     * @param severity as ILogger::Severity counts: from 0, an internal error, to 4, verbose
     */
    void tensorRt(int severity, String text) {
        if (severity < 4 || verbose) {
            line("FEWIV".charAt(Math.max(0, Math.min(4, severity))), "[TRT] " + text);
        }
    }

    /** The mark that trtexec prints first and last. */
    synchronized void mark(String state, int version, String[] arguments) {
        out.println("&&&& " + state + " TensorRT.trtexec [TensorRT v" + version + "] # qdqlint's embedded TensorRT "
                + String.join(" ", arguments));
        out.flush();
    }

    private synchronized void line(char level, String text) {
        out.println("[" + LocalDateTime.now().format(TIME) + "] [" + level + "] " + text);
        out.flush();
    }
}
