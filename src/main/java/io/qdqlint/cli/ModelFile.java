package io.qdqlint.cli;

import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import java.nio.file.Path;

/** The model of a command that takes one. */
final class ModelFile {
    private ModelFile() {}

    /**
     * Reads it.
     *
     * @throws UsageException that names the file, where it is no model
     */
    static Model read(Path file) {
        try {
            return OnnxReader.read(file);
        } catch (InvalidModelException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }
}
