package io.qdqlint.trt.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process and what it started, ended together: when the time is up, when this thread is interrupted, when qdqlint is.
 * Arguments go to it as they are; no shell is involved.
 */
final class ChildProcess {
    /** How long a process gets to clean up behind itself once its input has ended. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** How long it gets to end when told to. */
    private static final Duration WARNING = Duration.ofSeconds(3);

    /** How a run ended. */
    record Ended(int status, boolean timedOut) {}

    /** Something that feeds the process or reads from it, in a thread of its own. */
    interface Work {
        void run() throws IOException;
    }

    private final Process process;
    private final boolean endsWithInput;
    private final Thread atExit;

    private ChildProcess(Process process, boolean endsWithInput) {
        this.process = process;
        this.endsWithInput = endsWithInput;
        this.atExit = new Thread(this::end);
    }

    /**
     * Starts it.
     *
     * @param folder where; null for the current folder
     * @param endsWithInput whether it cleans up and ends when its input does
     */
    static ChildProcess start(List<String> command, Path folder, boolean endsWithInput) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        ChildProcess child = new ChildProcess(builder.start(), endsWithInput);
        Runtime.getRuntime().addShutdownHook(child.atExit);
        return child;
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Reads lines of standard error, and of standard output if {@code both}, until they end. */
    Thread lines(boolean both, Consumer<String> sink) {
        Consumer<String> oneAtATime = line -> {
            synchronized (sink) {
                sink.accept(line);
            }
        };
        Thread errors = inThread(() -> pump(process.getErrorStream(), oneAtATime));
        if (!both) {
            return errors;
        }
        return inThread(() -> {
            pump(process.getInputStream(), oneAtATime);
            join(errors);
        });
    }

    /** Runs {@code work} in a thread; a process that goes away in the middle of it is no error of that thread's. */
    static Thread inThread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | UncheckedIOException gone) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for its end and that of {@code readers}; ends it itself when {@code timeout} has passed. */
    Ended await(Duration timeout, Thread... readers) throws InterruptedException {
        try {
            boolean done = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!done) {
                end();
            }
            for (Thread reader : readers) {
                reader.join(GRACE.toMillis());
            }
            return new Ended(process.waitFor(), !done);
        } finally {
            end();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException shuttingDown) {
                // The hook runs anyway.
            }
        }
    }

    /** Ends it: by the end of its input where that is how it learns that nobody waits any more, otherwise by force. */
    private void end() {
        if (!process.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // What matters is that it is closed.
        }
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        try {
            if (!endsWithInput || !process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                family.forEach(ProcessHandle::destroy);
                if (!process.waitFor(WARNING.toMillis(), TimeUnit.MILLISECONDS)) {
                    family.forEach(ProcessHandle::destroyForcibly);
                }
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        family.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(InputStream from, Consumer<String> sink) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sink.accept(line);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
