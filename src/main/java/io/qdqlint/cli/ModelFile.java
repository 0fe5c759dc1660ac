package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Path;

/** The model of a command that takes one. */
final class ModelFile {
    private ModelFile() {}

    /**
     * Reads it.
     *
     * @throws UsageException that names the file, where it is no model
     */
    static Model read(Path file) throws IOException, InterruptedException {
        return Failures.in(file, () -> OnnxReader.read(file));
    }

    /**
     * Makes sure that a changed model can be written to another file than the model's own.
     *
     * @param otherwise what to do where the two are one file: completes "-o names the model itself; "
     * @throws UsageException where it can not
     */
    static void checkOutput(Path file, Path output, String otherwise) throws IOException {
        FormatOption.requireFile(output);
        if (OnnxWriter.sameFile(file, output)) {
            throw new UsageException("-o names the model itself; " + otherwise);
        }
    }

    /** The name of the file without its ending. */
    static String label(Path file) {
        return file.getFileName().toString().replaceFirst("\\.onnx$", "");
    }

    /**
     * Reads a model that TensorRT is to build.
     *
     * @throws UsageException that names the file, where it is no ONNX model or one in ONNX's textual syntax
     */
    static Model toBuild(Path file) throws IOException, InterruptedException {
        if (file.toString().endsWith(".onnxtxt")) {
            throw new UsageException("TensorRT reads .onnx files only, not ONNX text such as " + file);
        }
        return read(file);
    }
}
