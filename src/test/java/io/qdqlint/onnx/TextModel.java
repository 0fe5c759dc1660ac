package io.qdqlint.onnx;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models that tests write in ONNX's textual syntax. */
public final class TextModel {
    private TextModel() {}

    /** Writes the text to a file in the folder, and reads that. */
    public static Model read(Path folder, String text) throws IOException {
        return OnnxReader.read(Files.writeString(folder.resolve("m.onnxtxt"), text));
    }

    /** Writes the text to the folder and encodes it as {@code NAME.onnx}, which ONNX Runtime can run; reads that. */
    public static Model encoded(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name + ".onnx");
        OnnxWriter.encode(OnnxReader.read(Files.writeString(folder.resolve(name + ".onnxtxt"), text)), file);
        return OnnxReader.read(file);
    }

    /** The node that computes a tensor; null where the model has no such tensor. */
    public static Node by(Model model, String tensor) {
        Value value = model.graph().value(tensor);
        return value == null ? null : value.producer();
    }
}
