package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A place where trtexec runs. Nothing is left there after a call, however it ends. */
public interface Machine {

    /** What to call it in a sentence: {@code this machine}, {@code user@orin}. */
    String name();

    /**
     * Looks for trtexec.
     *
     * @throws MachineException where the place cannot be reached, or has none
     */
    TensorRtVersion version() throws IOException, InterruptedException;

    /**
     * Runs trtexec once.
     *
     * @param results an empty folder of this machine, which gets what trtexec exported
     * @param log takes each line that trtexec prints
     * @throws MachineException where it could not be run to its end, in time
     */
    Ended run(Job job, Path results, Consumer<String> log) throws IOException, InterruptedException;

    /**
     * What is to be built.
     *
     * @param cache the timings of earlier builds, which goes there and comes back, unless the user's options name one; null to do without
     */
    record Job(
            ModelFiles files,
            TensorRtVersion version,
            BuildMode mode,
            List<String> extra,
            Duration timeout,
            Path cache) {
        List<String> flags(String folder) throws MachineException {
            List<String> flags = new ArrayList<>(TrtexecFlags.of(version, mode, folder, extra));
            if (cache != null && extra.stream().noneMatch(f -> f.startsWith("--timingCacheFile"))) {
                flags.add("--timingCacheFile=" + folder + TrtexecFlags.CACHE);
            }
            return flags;
        }

        /** Puts links to the model's files into a folder, and a copy of the cache. */
        void link(Path folder) throws IOException {
            files.link(folder);
            putCache(folder);
        }

        /** Puts copies into a folder. */
        void copy(Path folder) throws IOException {
            files.copy(folder);
            putCache(folder);
        }

        private void putCache(Path folder) throws IOException {
            if (cache != null && Files.isRegularFile(cache)) {
                Files.copy(cache, folder.resolve(TrtexecFlags.CACHE));
            }
        }
    }

    /**
     * How trtexec ended.
     *
     * @param command what was run, for people to run it again
     */
    record Ended(int status, List<String> command) {}
}
