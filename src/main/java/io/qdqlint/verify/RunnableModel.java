package io.qdqlint.verify;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A model file that exists as long as ONNX Runtime runs it. */
record RunnableModel(Path path, boolean temporary) implements AutoCloseable {

    /** A file that stays. */
    static RunnableModel at(Path path) {
        return new RunnableModel(path, false);
    }

    /**
     * Writes a model.
     *
     * @param original what was read from a file
     * @param model the original with edits
     * @param folder where the external data lie, which are found relative to the model
     */
    static RunnableModel of(Model original, Model model, Path folder) throws IOException {
        Path path = Files.createTempFile(folder, ".qdqlint", ".onnx");
        path.toFile().deleteOnExit();
        OnnxWriter.write(original, model, path);
        return new RunnableModel(path, true);
    }

    /** The folder in which a copy of the model finds its external data; the folder for temporary files where it has none. */
    static Path folder(Model model) throws IOException {
        boolean external = model.graph().tensors().stream().anyMatch(t -> t.storage() instanceof Storage.External);
        return external
                ? own(model)
                : Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    private static Path own(Model model) {
        return model.file().toAbsolutePath().getParent();
    }

    /** The first tensor whose elements are missing. */
    static Optional<String> missing(Model model) {
        return missing(model.graph(), own(model), own(model));
    }

    /**
     * The first tensor whose elements are nowhere.
     *
     * @param own the folder of the model
     * @param folder the folder of its copy
     */
    static Optional<String> missing(Graph graph, Path own, Path folder) {
        for (Tensor t : graph.tensors()) {
            if (t.storage() instanceof Storage.Absent && t.elements() > 0) {
                return Optional.of("'" + t.name() + "' has no elements");
            }
            if (t.storage() instanceof Storage.External e
                    && !(Files.exists(folder.resolve(e.location())) && Files.exists(own.resolve(e.location())))) {
                return Optional.of(e.location() + " does not exist");
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(path);
        }
    }
}
