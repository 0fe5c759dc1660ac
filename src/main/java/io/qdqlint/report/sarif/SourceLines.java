package io.qdqlint.report.sarif;

import io.qdqlint.ir.Node;
import io.qdqlint.onnx.NodeMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line of Python that a node was exported from: torch.onnx.export(dynamo=True) notes the stack with each node. Its paths are
 * those of the machine that exported; the file is looked for in the current folder by the end of its path, and the line has to be there
 * still, or in one other place.
 */
final class SourceLines {
    private static final String STACK = "pkg.torch.onnx.stack_trace";
    private static final Pattern FRAME =
            Pattern.compile("File \"([^\"]+\\.py)\", line (\\d{1,7})[^\\n]*(?:\\n[ \\t]*([^\\n]*))?");
    private static final Pattern LIBRARY =
            Pattern.compile("[/\\\\](site-packages|dist-packages|lib[/\\\\]python[\\d.]+)[/\\\\]");
    private static final long LARGEST = 1 << 22;

    private final Path root;
    private final Map<Path, List<String>> texts = new HashMap<>();

    /** @param root the folder that file names are relative to */
    SourceLines(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * A line of a file.
     *
     * @param number from 1
     */
    record Line(Path file, int number) {}

    /** The line of a node of the model in that file. */
    Optional<Line> of(Path model, Node node) {
        try {
            String stack = NodeMetadata.of(model, node).get(STACK);
            return stack == null ? Optional.empty() : innermost(stack);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of the frames in files below the root the last. */
    Optional<Line> innermost(String stack) {
        Line last = null;
        Matcher frame = FRAME.matcher(stack);
        while (frame.find()) {
            if (!LIBRARY.matcher(frame.group(1)).find()) {
                Path file = file(frame.group(1));
                String text = frame.group(3) == null ? "" : frame.group(3).strip();
                int number = file == null ? 0 : number(lines(file), Integer.parseInt(frame.group(2)), text);
                last = number > 0 ? new Line(file, number) : last;
            }
        }
        return Optional.ofNullable(last);
    }

    /** The file below the root whose path has the longest end in common; null if there is none. */
    private Path file(String recorded) {
        String[] parts = recorded.replace('\\', '/').split("/", -1);
        for (int from = 0; from < parts.length; from++) {
            Path end = Path.of("", List.of(parts).subList(from, parts.length).toArray(new String[0]));
            Path file = root.resolve(end).normalize();
            if (!end.isAbsolute() && !recorded.contains("..") && file.startsWith(root) && Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private List<String> lines(Path file) {
        return texts.computeIfAbsent(file, f -> {
            try {
                return Files.size(f) > LARGEST
                        ? List.of()
                        : Files.readString(f, StandardCharsets.UTF_8)
                                .lines()
                                .map(String::strip)
                                .toList();
            } catch (IOException e) {
                return List.of();
            }
        });
    }

    /** Where the text is now: at its number, or at the only other line that has it; 0 where that is not known. */
    private static int number(List<String> lines, int recorded, String text) {
        if (recorded >= 1
                && recorded <= lines.size()
                && (text.isEmpty() || lines.get(recorded - 1).equals(text))) {
            return recorded;
        }
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < lines.size() && !text.isEmpty(); i++) {
            if (lines.get(i).equals(text)) {
                others.add(i + 1);
            }
        }
        return others.size() == 1 ? others.get(0) : 0;
    }
}
