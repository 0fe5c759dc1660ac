package io.qdqlint.onnx;

import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads models in ONNX's textual syntax, the language of {@code onnx.parser} (onnx/docs/Syntax.md). */
public final class OnnxTextReader {
    private static final long MAX_SIZE = 1L << 26;

    /** Introduces, in a comment, the rules whose findings a fixture expects at the node on the same line. */
    private static final String EXPECTATION = "finding:";

    private final TextCursor in;
    private final TextGraphs graphs;

    private OnnxTextReader(String text) {
        in = new TextCursor(text);
        graphs = new TextGraphs(in);
    }

    /**
     * Reads a model from a file.
     *
     * @throws InvalidModelException with line and column where the text is not a model
     */
    static Model read(Path file) throws IOException {
        return new OnnxTextReader(text(file)).model().build(file);
    }

    /**
     * Reads a model from a string.
     *
     * @param name stands for the file; external data would be beside it
     */
    public static Model parse(String text, Path name) {
        return new OnnxTextReader(text).model().build(name);
    }

    /**
     * The findings that a fixture expects: for each node with a comment {@code # finding: QDQ601 QDQ602} on its line (or
     * on one of its lines), the rule ids by the name of its first output. Nodes without such a comment are not there.
     *
     * @throws InvalidModelException for a text that is not a model, or an expectation beside no node
     */
    public static Map<String, List<String>> expectations(Path file) {
        try {
            OnnxTextReader reader = new OnnxTextReader(text(file));
            reader.model();
            return reader.expectations();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw new InvalidModelException("a model in text form of more than " + (MAX_SIZE >> 20)
                    + " MB is not read; convert it to a binary .onnx file");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private ModelDraft model() {
        ModelDraft model = new ModelDraft();
        TextHeader.read(in, key -> {
            switch (key) {
                case "ir_version" -> model.irVersion = in.integer("the IR version");
                case "opset_import" -> TextHeader.opsets(in, model.opsets);
                case "producer_name" -> model.producerName = in.string("the producer");
                case "producer_version" -> model.producerVersion = in.string("the producer's version");
                case "domain", "doc_string" -> in.string("a text");
                case "model_version" -> in.integer("the model's version");
                case "metadata_props" -> TextHeader.strings(in, model.metadata);
                default -> {
                    return false;
                }
            }
            return true;
        });
        model.graph = graphs.graph();
        while (!in.atEnd()) {
            model.functions.add(graphs.function());
        }
        return model;
    }

    private Map<String, List<String>> expectations() {
        Map<String, List<String>> out = new LinkedHashMap<>();
        in.comments().forEach((offset, comment) -> {
            int at = comment.indexOf(EXPECTATION);
            if (at < 0) {
                return;
            }
            int line = in.line(offset);
            TextGraphs.Span span =
                    onLine(line).orElseThrow(() -> in.error(offset, "the expected finding is not beside a node"));
            String output = span.node().outputs().stream()
                    .filter(o -> !o.isEmpty())
                    .findFirst()
                    .orElse(span.node().name());
            String ids = comment.substring(at + EXPECTATION.length()).strip();
            out.computeIfAbsent(output, o -> new ArrayList<>()).addAll(Arrays.asList(ids.split("[\\s,]+")));
        });
        return out;
    }

    /** The node that has a part on this line; the one that starts last if there are several. */
    private Optional<TextGraphs.Span> onLine(int line) {
        return graphs.spans().stream()
                .filter(s -> in.line(s.from()) <= line && line <= in.line(s.to()))
                .max(Comparator.comparingInt(TextGraphs.Span::from));
    }
}
