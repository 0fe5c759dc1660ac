package io.qdqlint.trt.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the processes that a process has started, also those that have left it: a daemon has another parent and a session of
 * its own. They are known by a variable in the environment, which they inherit. Where there is no {@code /proc} none is
 * found.
 */
record Strays(String mark) {
    private static final String VARIABLE = "QDQLINT_RUN";
    private static final Path PROCESSES = Path.of("/proc");

    /** Marks the environment of a process that is about to start. */
    static Strays of(Map<String, String> environment) {
        String value = UUID.randomUUID().toString();
        environment.put(VARIABLE, value);
        return new Strays(VARIABLE + "=" + value);
    }

    /** Those that live, the first of them included. */
    List<ProcessHandle> find() {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROCESSES)) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isMarked(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .filter(ProcessHandle::isAlive)
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            // A system that hides its processes; those with a parent of ours are found without this.
        }
        return found;
    }

    private boolean isMarked(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1)
                    .contains(mark);
        } catch (IOException e) {
            // Another user's, or just ended.
            return false;
        }
    }
}
