package io.qdqlint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Turns an exception into one sentence for the user. */
final class Failures {
    /** An environment variable: where it is set, the stack trace of a defect goes to standard error. */
    static final String DEBUG = "QDQLINT_DEBUG";

    private Failures() {}

    /**
     * Does some work on one file.
     *
     * @throws UsageException that names the file, where the file or a defect of qdqlint keeps the work from being done
     * @throws IOException as the work throws it: it names what cannot be read or written
     */
    static <T> T in(Path file, Callable<T> work) throws IOException, InterruptedException {
        try {
            return work.call();
        } catch (UsageException | UncheckedIOException | IOException | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw new UsageException(file + ": " + describe(e));
        }
    }

    /** What went wrong with a file, in a sentence that does not begin with the file's name. */
    static String describe(Path file, Throwable e) {
        String text = describe(e);
        String name = file + ": ";
        return text.startsWith(name) ? text.substring(name.length()) : text;
    }

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
        if (e instanceof FileAlreadyExistsException f && f.getReason() == null) {
            return f.getFile() + ": a file of that name exists already";
        }
        if (e instanceof FileSystemException f) {
            return f.getFile() + ": " + (f.getReason() == null ? "the file system refused" : f.getReason());
        }
        if (e instanceof OutOfMemoryError) {
            return "qdqlint ran out of memory; give it more with QDQLINT_JAVA_OPTS=-Xmx8g";
        }
        if (e instanceof StackOverflowError) {
            return "qdqlint ran out of stack: the file is nested too deep, or a rule of your own calls itself without"
                    + " end; QDQLINT_JAVA_OPTS=-Xss256m gives it more";
        }
        String message = e.getMessage();
        return isForPeople(e) && message != null && !message.isBlank() ? message : defect(e);
    }

    /** Whether its message was written for a person; what Java or a library objects to is a defect of qdqlint. */
    private static boolean isForPeople(Throwable e) {
        return e instanceof IOException || e.getClass().getName().startsWith("io.qdqlint.");
    }

    private static String defect(Throwable e) {
        if (System.getenv(DEBUG) != null) {
            e.printStackTrace();
        }
        String place = Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.qdqlint."))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
        return "this is a defect of qdqlint " + Version.NUMBER + " (" + e + place
                + "); please report it with the file, the options and what " + DEBUG + "=1 prints";
    }
}
