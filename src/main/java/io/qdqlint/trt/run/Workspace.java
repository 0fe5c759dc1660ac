package io.qdqlint.trt.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A folder that is gone when the work in it is done, also when the user interrupts qdqlint. */
public final class Workspace implements AutoCloseable {
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NANOS = 100_000_000;

    private final Path folder;
    private final Thread atExit = new Thread(this::delete);

    /** Makes it within {@code parent}, or where the system keeps temporary files if that is null. */
    public Workspace(Path parent) throws IOException {
        folder = parent == null ? Files.createTempDirectory("qdqlint") : Files.createTempDirectory(parent, ".qdqlint");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
        delete();
    }

    /** Tries more than once: on an interrupt, a process that writes into the folder may take a moment to end. */
    private void delete() {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                deleteOnce();
                return;
            } catch (IOException e) {
                failure = e;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        System.err.println("qdqlint: could not remove " + folder + ": " + failure.getMessage());
    }

    private void deleteOnce() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
