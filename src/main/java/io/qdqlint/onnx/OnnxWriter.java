package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.MODEL_GRAPH;
import static io.qdqlint.onnx.OnnxFields.MODEL_METADATA_PROPS;
import static io.qdqlint.onnx.WireInput.LEN;

import io.qdqlint.ir.Model;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a changed model. Whatever is the same in both models is copied from the old file byte for byte, in its order:
 * unknown fields, metadata, functions, weights. Weights never come into memory.
 */
public final class OnnxWriter {
    private static final String TEXT = ".onnxtxt";

    private OnnxWriter() {}

    /**
     * Writes {@code after} to {@code target}, which changes from the old content to the whole new one at once, or not at
     * all. The target may be the old file. A target {@code .onnxtxt} gets ONNX's textual syntax. External data is not
     * written: see {@link ExternalFiles}.
     *
     * @param before as read from its file, which is there unchanged
     * @param after made from {@code before} by edits; its unedited nodes and initializers are those of {@code before}
     * @throws IOException if the file can't be read or written; the target is then as it was
     */
    public static void write(Model before, Model after, Path target) throws IOException {
        write(before, after, target, AtomicFile.Check.NONE);
    }

    /** Writes as {@link #write(Model, Model, Path)} does, if {@code check} does not object to the written file. */
    public static void write(Model before, Model after, Path target, AtomicFile.Check check) throws IOException {
        if (target.toString().endsWith(TEXT)) {
            OnnxTextWriter.write(after, target, check);
        } else if (before.file().toString().endsWith(TEXT)) {
            AtomicFile.write(target, OnnxEncoder.model(after)::writeTo, check);
        } else {
            AtomicFile.write(target, splice(before, after)::writeTo, check);
        }
    }

    /** Writes a model without an old file, such as one in ONNX's textual syntax, to a binary file that other tools read. */
    public static void encode(Model model, Path target) throws IOException {
        AtomicFile.write(target, OnnxEncoder.model(model)::writeTo);
    }

    private static Pieces splice(Model before, Model after) throws IOException {
        Path file = before.file();
        Pieces out = new Pieces();
        Map<String, String> added = new LinkedHashMap<>(after.metadata());
        added.entrySet().removeAll(before.metadata().entrySet());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            WireInput in = new WireInput(channel);
            GraphSplice graphs = new GraphSplice(in, file, before.irVersion() < 4);
            while (in.remaining() > 0) {
                int start = in.position();
                int tag = in.tag();
                if (tag == (MODEL_GRAPH << 3 | LEN)) {
                    int outer = in.enter();
                    Pieces graph = graphs.splice(before.graph(), after.graph());
                    in.leave(outer);
                    out.message(MODEL_GRAPH, graph);
                } else {
                    String key = tag == (MODEL_METADATA_PROPS << 3 | LEN)
                            ? Entry.read(in).key()
                            : null;
                    if (key == null) {
                        in.skip(tag);
                    }
                    String value = key == null ? null : added.remove(key);
                    if (value == null) {
                        out.add(file, start, in.position());
                    } else {
                        OnnxEncoder.entry(out, MODEL_METADATA_PROPS, key, value);
                    }
                }
            }
        }
        added.forEach((key, value) -> OnnxEncoder.entry(out, MODEL_METADATA_PROPS, key, value));
        return out;
    }

    /** True if both name the same file, existing or not. */
    public static boolean sameFile(Path a, Path b) throws IOException {
        return Files.exists(a) && Files.exists(b)
                ? Files.isSameFile(a, b)
                : a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }
}
