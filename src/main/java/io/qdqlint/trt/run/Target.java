package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A place where trtexec runs. Nothing is left there after a call, however it ends. */
public interface Target {

    /** What to call it in a sentence: {@code this machine}, {@code user@orin}. */
    String name();

    /**
     * Looks for trtexec.
     *
     * @throws TargetException where the place cannot be reached, or has none
     */
    TensorRtVersion version() throws IOException, InterruptedException;

    /**
     * Runs trtexec once.
     *
     * @param results an empty folder of this machine, which gets what trtexec exported
     * @param log takes each line that trtexec prints
     * @throws TargetException where it could not be run to its end, in time
     */
    Ended run(Job job, Path results, Consumer<String> log) throws IOException, InterruptedException;

    /** What is to be built. */
    record Job(ModelFiles files, TensorRtVersion version, BuildMode mode, List<String> extra, Duration timeout) {
        List<String> flags(String folder) throws TargetException {
            return TrtexecFlags.of(version, mode, folder, extra);
        }
    }

    /**
     * How trtexec ended.
     *
     * @param command what was run, for people to run it again
     */
    record Ended(int status, List<String> command) {}
}
