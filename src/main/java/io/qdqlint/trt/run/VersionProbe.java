package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks a trtexec for its version: {@code --help} prints it first. */
final class VersionProbe {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String FOUND = "qdqlint-trtexec ";

    private final LogTail tail = new LogTail();
    private TensorRtVersion version;
    private String path = "";
    private ChildProcess.Ended ended;

    private VersionProbe() {}

    static VersionProbe run(List<String> command, ChildProcess.Kind kind) throws IOException, InterruptedException {
        VersionProbe probe = new VersionProbe();
        ChildProcess child = ChildProcess.start(command, null, kind);
        child.input().close();
        probe.ended = child.await(TIMEOUT, child.lines(true, probe::line));
        return probe;
    }

    private void line(String line) {
        tail.add(line);
        if (line.startsWith(FOUND)) {
            path = line.substring(FOUND.length());
        }
        if (version == null) {
            version = TensorRtVersion.inLine(line).orElse(null);
        }
    }

    Optional<TensorRtVersion> version() {
        return Optional.ofNullable(version);
    }

    /** Where the far side found trtexec; empty if it did not say. */
    String path() {
        return path;
    }

    int status() {
        return ended.status();
    }

    boolean timedOut() {
        return ended.timedOut();
    }

    LogTail tail() {
        return tail;
    }
}
