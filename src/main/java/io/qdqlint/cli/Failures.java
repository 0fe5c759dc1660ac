package io.qdqlint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what went wrong into one sentence for a person. */
final class Failures {
    private Failures() {}

    static String describe(Throwable e) {
        if (e instanceof UncheckedIOException u) {
            return describe(u.getCause());
        }
        if (e instanceof NoSuchFileException n) {
            return n.getFile() + ": there is no such file or folder";
        }
        if (e instanceof AccessDeniedException a) {
            return a.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException f) {
            return f.getFile() + ": " + (f.getReason() == null ? "the file system refused" : f.getReason());
        }
        if (e instanceof OutOfMemoryError) {
            return "out of memory; give the JVM more with QDQLINT_JAVA_OPTS=-Xmx8g";
        }
        String message = e.getMessage();
        return isOurs(e) && message != null && !message.isBlank()
                ? message
                : "internal error (" + e + "); please report it with the model or the options that led to it";
    }

    /** Whether its message was written for a person; what Java itself objects to is a defect of ours. */
    private static boolean isOurs(Throwable e) {
        return e instanceof IOException
                || e.getClass() == IllegalArgumentException.class
                || e.getClass().getName().startsWith("io.qdqlint.");
    }
}
