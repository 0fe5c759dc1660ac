package io.qdqlint.trt.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last lines of a log, and the known failures of a machine that they show. */
final class LogTail {
    private static final int LINES = 200;

    /** Time and level, with which trtexec begins its lines. */
    private static final Pattern LEVEL = Pattern.compile("^\\[[\\d/:-]+] \\[[FEWIV]] (?:\\[TRT] |cannot run: )?");

    private record Trouble(Pattern sign, String message) {}

    private static final List<Trouble> TROUBLES = List.of(
            new Trouble(
                    Pattern.compile(
                            "no CUDA-capable device|no NVIDIA driver|libcuda\\.so\\.1: cannot open|CUDA_ERROR_NO_DEVICE"
                                    + "|CUDA initialization failure with error: (?:35|100)|could not select device driver"),
                    "finds no GPU"),
            new Trouble(
                    Pattern.compile("CUDA driver version is insufficient"),
                    "has no NVIDIA driver, or one too old for its TensorRT"),
            new Trouble(
                    Pattern.compile("\\[[EF]].*(?:out of memory|OutOfMemory|OUT_OF_MEMORY)"),
                    "ran out of memory; free some, or use less with --memPoolSize=workspace:MIB after '--'"),
            new Trouble(
                    Pattern.compile("\\[E].*Cuda Runtime \\("),
                    "had a CUDA error, perhaps because other programs use the GPU's memory; --keep DIR keeps its log"),
            new Trouble(
                    Pattern.compile("^# +(?:SIG\\w+|Internal Error) \\(|^ +what\\(\\):"),
                    "had a crash of TensorRT; --keep DIR keeps its log"),
            new Trouble(Pattern.compile("No space left on device|Disk quota exceeded"), "has no room left on its disk"),
            new Trouble(
                    Pattern.compile("error while loading shared libraries: (?!libcuda)"),
                    "cannot load TensorRT's libraries; add their folder to LD_LIBRARY_PATH on that machine"),
            new Trouble(Pattern.compile("\\[E] (?:Unknown option: |cannot run: )"), "cannot begin the build"));

    private final Deque<String> lines = new ArrayDeque<>();
    private String trouble;
    private String troubleLine;

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.add(line);
        for (Trouble t : TROUBLES) {
            if (trouble == null && t.sign().matcher(line).find()) {
                trouble = t.message();
                troubleLine = line;
            }
        }
    }

    /** The rest of a sentence that begins with the machine, if the log shows a trouble of the machine's. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble)
                .map(t -> t + ": " + LEVEL.matcher(troubleLine.strip()).replaceFirst(""));
    }

    /** The last line in which the pattern is found. */
    synchronized Optional<String> last(Pattern pattern) {
        return lines.stream().filter(l -> pattern.matcher(l).find()).reduce((a, b) -> b);
    }

    /** The last line that is not blank. */
    synchronized String last() {
        return last(Pattern.compile("\\S")).map(String::strip).orElse("it printed nothing");
    }
}
