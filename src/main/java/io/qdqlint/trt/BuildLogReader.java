package io.qdqlint.trt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads trtexec's log, of TensorRT 8.0 to 11, line by line, so that it can follow a build. Standard output and error may
 * be interleaved in any way.
 */
public final class BuildLogReader {
    private static final Pattern LINE =
            Pattern.compile("^\\[\\d\\d/\\d\\d/\\d{4}-[\\d:]{8}] ?(?:\\[TRT] )?\\[([VIWEF])] ?(.*)$");
    private static final Pattern PASS = Pattern.compile("^\\[TRT] (?:Running: (\\w+)|(\\w+): Fusing )");
    private static final Pattern BUILT = Pattern.compile("^Engine built in (\\d+(?:\\.\\d+)?) sec");
    private static final Pattern PARSING = Pattern.compile("While parsing node number (\\d+) \\[(\\w+) -> \"(.*?)\"");
    private static final Pattern NODE_NAME = Pattern.compile("^name: \"(.*)\"$");
    private static final Pattern INVALID_NODE = Pattern.compile("Invalid Node - (.+)$");

    /** Warnings, errors and passes that are kept, of a log that may have no end. */
    private static final int MOST = 10_000;

    private final PerformanceReader performance = new PerformanceReader();
    private final List<BuildLog.LogError> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> passes = new TreeMap<>();
    private final Map<String, Integer> fusions = new TreeMap<>();
    private final StringBuilder openError = new StringBuilder();
    private TensorRtVersion version;
    private BuildLog.Outcome outcome = BuildLog.Outcome.UNKNOWN;
    private String device = "";
    private String node;
    private double buildSeconds = Double.NaN;

    /** Reads a whole file. */
    public static BuildLog read(Path file) throws IOException {
        BuildLogReader reader = new BuildLogReader();
        LogLines.read(Files.newInputStream(file), reader::line);
        return reader.log();
    }

    /** Takes the next line. */
    public void line(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            if (line.startsWith("&&&& ")) {
                closeError();
                mark(line);
            } else if (openError.length() > 0 && !line.isBlank()) {
                continueError(line);
            }
            return;
        }
        String text = m.group(2);
        switch (m.group(1)) {
            case "E", "F" -> error(text);
            case "W" -> {
                closeError();
                if (warnings.size() < MOST) {
                    warnings.add(text.replaceFirst("^\\[TRT] ", ""));
                }
            }
            case "I" -> info(text);
            default -> verbose(text);
        }
    }

    /** What was read so far. */
    public BuildLog log() {
        closeError();
        return new BuildLog(
                version,
                outcome,
                device,
                buildSeconds,
                List.copyOf(errors),
                List.copyOf(warnings),
                Map.copyOf(passes.isEmpty() ? fusions : passes),
                performance.performance());
    }

    private void mark(String line) {
        TensorRtVersion.inLine(line).ifPresent(v -> version = v);
        if (line.startsWith("&&&& PASSED")) {
            outcome = BuildLog.Outcome.PASSED;
        } else if (line.startsWith("&&&& FAILED")) {
            outcome = BuildLog.Outcome.FAILED;
        }
    }

    private void info(String text) {
        closeError();
        performance.line(text);
        if (text.startsWith("Selected Device: ")) {
            device = text.substring("Selected Device: ".length()).strip();
        }
        Matcher m = BUILT.matcher(text);
        if (m.find()) {
            buildSeconds = Double.parseDouble(m.group(1));
        }
    }

    private void verbose(String text) {
        closeError();
        Matcher m = PASS.matcher(text);
        if (m.find()) {
            (m.group(1) != null ? passes : fusions).merge(m.group(m.group(1) != null ? 1 : 2), 1, Integer::sum);
        }
    }

    /** The parser prints a failing node as a block of several error lines, which stay one error. */
    private void error(String text) {
        boolean withinNode = text.contains("--- Begin node ---")
                || text.contains("--- End node ---")
                || text.contains("ModelImporter.cpp") && text.contains("ERROR: ");
        if (openError.length() > 0 && withinNode) {
            continueError(text);
            return;
        }
        closeError();
        openError.append(text.replaceFirst("^\\[TRT] ", ""));
    }

    private void continueError(String line) {
        if (openError.length() < LogLines.LONGEST) {
            openError.append('\n').append(line.replaceFirst("^\\[TRT] ", ""));
        }
        Matcher m = NODE_NAME.matcher(line.strip());
        if (node == null && m.matches()) {
            node = m.group(1);
        }
        m = INVALID_NODE.matcher(line);
        if (node == null && m.find()) {
            node = m.group(1);
        }
    }

    private void closeError() {
        if (openError.length() == 0) {
            return;
        }
        String text = openError.toString();
        if (node == null) {
            Matcher m = PARSING.matcher(text);
            node = m.find() ? m.group(3) : null;
        }
        if (errors.size() < MOST) {
            errors.add(new BuildLog.LogError(text, Optional.ofNullable(node)));
        }
        openError.setLength(0);
        node = null;
    }
}
