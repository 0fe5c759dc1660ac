package io.qdqlint.trt.run;

import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.BuildLogReader;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineProfileReader;
import io.qdqlint.trt.EngineReader;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.PerformanceReader;
import io.qdqlint.trt.TensorRtVersion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds a model with trtexec on the target, and reads the result. */
public final class Trtexec {
    private static final String LOG = "trtexec.log";

    private final Machine target;
    private final TensorRtVersion version;
    private final Path cache;

    /**
     * What came of a build.
     *
     * @param engine empty if TensorRT could not build one
     * @param command what was run
     */
    public record Outcome(Optional<MeasuredEngine> engine, BuildLog log, List<String> command) {}

    private Trtexec(Machine target, TensorRtVersion version, Path cache) {
        this.target = target;
        this.version = version;
        this.cache = cache;
    }

    /** The same, with a file that keeps the timings of one build for the next. */
    public Trtexec caching(Path file) {
        return new Trtexec(target, version, file);
    }

    /** Finds trtexec there and learns its version. */
    public static Trtexec on(Machine target) throws IOException, InterruptedException {
        return new Trtexec(target, target.version(), null);
    }

    /**
     * Looks whether it is still there.
     *
     * @throws MachineException where it is not
     */
    public void probe() throws IOException, InterruptedException {
        target.version();
    }

    public TensorRtVersion version() {
        return version;
    }

    /** What to call the place where it runs. */
    public String where() {
        return target.name();
    }

    /**
     * Builds and measures one model.
     *
     * @param label what to call the engine
     * @param extra options of the user's for trtexec
     * @param keep folder for trtexec's files and log; null to keep none
     * @param watcher takes each line that trtexec prints
     * @throws MachineException where trtexec could not do its work; that the model does not build is an outcome
     */
    public Outcome build(
            String label,
            ModelFiles files,
            BuildMode mode,
            List<String> extra,
            Duration timeout,
            Path keep,
            Consumer<String> watcher)
            throws IOException, InterruptedException {
        try (Workspace results = new Workspace(null)) {
            Path folder = results.folder();
            BuildLogReader reader = new BuildLogReader();
            Machine.Ended ended;
            try (BufferedWriter log = Files.newBufferedWriter(folder.resolve(LOG))) {
                Machine.Job job = new Machine.Job(files, version, mode, extra, timeout, cache);
                ended = target.run(job, folder, line -> {
                    reader.line(line);
                    write(log, line);
                    watcher.accept(line);
                });
            } finally {
                keep(folder, keep);
                keepTimings(folder);
            }
            return outcome(label, folder, reader.log(), ended);
        }
    }

    private Outcome outcome(String label, Path folder, BuildLog log, Machine.Ended ended) throws IOException {
        Path layers = folder.resolve(TrtexecFlags.LAYERS);
        if (ended.status() != 0) {
            if (log.errors().isEmpty()) {
                throw new MachineException("the build on " + target.name() + " ended with status " + ended.status()
                        + " and no error message; --keep DIR keeps its log");
            }
            return new Outcome(Optional.empty(), log, ended.command());
        }
        if (!Files.isRegularFile(layers)) {
            throw new MachineException("the build on " + target.name() + " made an engine but returned no layer file");
        }
        Path profile = folder.resolve(TrtexecFlags.PROFILE);
        Engine read = EngineReader.read(layers);
        Engine engine = new Engine(label, read.detailed(), read.layers(), read.ioTensors());
        BuildLog timed = PerformanceReader.completed(log, folder.resolve(TrtexecFlags.TIMES));
        MeasuredEngine measured = new MeasuredEngine(
                engine, Files.isRegularFile(profile) ? EngineProfileReader.read(profile) : null, timed);
        return new Outcome(Optional.of(measured), timed, ended.command());
    }

    private static void keep(Path folder, Path keep) throws IOException {
        if (keep == null) {
            return;
        }
        Files.createDirectories(keep);
        for (String name : List.of(LOG, TrtexecFlags.LAYERS, TrtexecFlags.PROFILE, TrtexecFlags.TIMES)) {
            if (Files.isRegularFile(folder.resolve(name))) {
                Files.copy(folder.resolve(name), keep.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void keepTimings(Path folder) throws IOException {
        Path timings = folder.resolve(TrtexecFlags.CACHE);
        if (cache != null && Files.isRegularFile(timings) && Files.size(timings) > 0) {
            Files.move(timings, cache, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(BufferedWriter log, String line) {
        try {
            log.write(line);
            log.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
