package io.qdqlint.trt.run;

import io.qdqlint.trt.LogLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A process and what it started, ended together: when the time is up, when this thread is interrupted, when qdqlint is.
 * Arguments go to it as they are; no shell is involved.
 */
final class ChildProcess {
    /** How long a client gets to clean up on the far side once its input has ended. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** How long a process gets to end after a signal, and its readers to read what it has written. */
    private static final Duration WARNING = Duration.ofSeconds(1);

    /** How long it may take to read the rest of what a process that has done its work has written. */
    private static final Duration READING = Duration.ofSeconds(10);

    /** The status of a process that even force has not ended yet. */
    private static final int KILLED = 137;

    /** What a process is, by which it is known how to end it. */
    enum Kind {
        /** trtexec itself: whatever it starts belongs to it and ends with it, wherever it has gone. */
        PROGRAM,
        /** A command of the user's, which may leave something for others to use, unless it has to be ended by force. */
        COMMAND,
        /** The client of a far side, which cleans up and ends when its input does; what it leaves is for others to use. */
        CLIENT
    }

    /** How a run ended. */
    record Ended(int status, boolean timedOut) {}

    /** Something that feeds the process or reads from it, in a thread of its own. */
    interface Work {
        void run() throws IOException;
    }

    private final Process process;
    private final Kind kind;
    private final Strays strays;
    private final Thread atExit;
    /** What kept a line from being taken. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** Whether lines that are still to come do not count. */
    private final AtomicBoolean deaf = new AtomicBoolean();

    private ChildProcess(Process process, Kind kind, Strays strays) {
        this.process = process;
        this.kind = kind;
        this.strays = strays;
        this.atExit = new Thread(this::end);
    }

    /**
     * Starts it.
     *
     * @param folder where; null for the current folder
     */
    static ChildProcess start(List<String> command, Path folder, Kind kind) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Strays strays = Strays.of(builder.environment());
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        ChildProcess child = new ChildProcess(builder.start(), kind, strays);
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
                hand(line, sink);
            }
        };
        Thread errors = inThread(() -> LogLines.read(process.getErrorStream(), oneAtATime));
        if (!both) {
            return errors;
        }
        return inThread(() -> {
            LogLines.read(process.getInputStream(), oneAtATime);
            join(errors);
        });
    }

    /** A line that cannot be taken must not stop the process, which waits until its output is read. */
    private void hand(String line, Consumer<String> sink) {
        if (deaf.get() || failure.get() != null) {
            return;
        }
        try {
            sink.accept(line);
        } catch (RuntimeException | OutOfMemoryError e) {
            failure.set(e);
        }
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

    /**
     * Waits for its end and that of {@code readers}; ends it itself when {@code timeout} has passed. What it has started does
     * not outlive it.
     */
    Ended await(Duration timeout, Thread... readers) throws IOException, InterruptedException {
        try {
            boolean done = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            end();
            long until = System.nanoTime() + (done ? READING : WARNING).toNanos();
            for (Thread reader : readers) {
                reader.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
            if (failure.get() != null) {
                throw new IOException(
                        "trtexec's log cannot be read: " + failure.get().getMessage(), failure.get());
            }
            boolean gone = process.waitFor(WARNING.toMillis(), TimeUnit.MILLISECONDS);
            return new Ended(gone ? process.exitValue() : KILLED, !done);
        } finally {
            end();
            deaf.set(true);
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException shuttingDown) {
                // The hook runs anyway.
            }
        }
    }

    /**
     * Ends it: by the end of its input where that is how it learns that its caller has gone, otherwise by a signal, and by
     * force where that is ignored.
     */
    private synchronized void end() {
        boolean interrupted = Thread.interrupted();
        boolean alive = process.isAlive();
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // What matters is that it is closed.
        }
        try {
            if (alive && kind == Kind.CLIENT) {
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
            Set<ProcessHandle> family = family(alive);
            family.forEach(ProcessHandle::destroy);
            await(family);
            family.addAll(family(alive));
            family.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException again) {
            family(alive).forEach(ProcessHandle::destroyForcibly);
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all have ended, but no longer than {@link #WARNING}. */
    private static void await(Set<ProcessHandle> family) throws InterruptedException {
        CompletableFuture<?>[] ends = family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(WARNING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException stillThere) {
            // They are ended by force.
        }
    }

    /** The process and what it started, as far as it lives. */
    private Set<ProcessHandle> family(boolean forced) {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        process.descendants().forEach(family::add);
        if (process.isAlive()) {
            family.add(process.toHandle());
        }
        if (kind == Kind.PROGRAM || kind == Kind.COMMAND && forced) {
            family.addAll(strays.find());
        }
        return family;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
