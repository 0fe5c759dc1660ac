package io.qdqlint.cli;

import io.qdqlint.fix.Dequantization;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The models that bench makes of a model with Q/DQ. They are in a temporary folder, which is deleted at the end. */
final class BenchVariants implements AutoCloseable {
    private final Model model;
    private final Linter linter;
    private final Consumer<String> notes;
    private final Workspace workspace;
    private final Weights weights;

    /**
     * @param model as read from an ONNX file
     * @param linter for the version that builds the engines
     * @param notes take what there is to say to the user
     */
    BenchVariants(Model model, Linter linter, Consumer<String> notes) throws IOException {
        this.linter = linter;
        this.model = model;
        this.notes = notes;
        workspace = new Workspace(null);
        weights = new Weights(model.file());
    }

    /** The model without Q/DQ; empty where some Q/DQ cannot be removed. */
    Optional<ModelFiles> floating() throws IOException {
        Fix fix = Dequantization.of(model, linter::propose, weights);
        if (Dequantization.isQuantized(fix.after())) {
            String why = fix.refusals().isEmpty()
                    ? "a quantizer has readers other than DequantizeLinear"
                    : fix.refusals().get(0).why();
            notes.accept("no FP16 and implicit INT8, because its Q/DQ cannot be removed: " + why
                    + ". --float names a model without Q/DQ");
            return Optional.empty();
        }
        return Optional.of(written(fix, "float.onnx"));
    }

    /** The model as {@code fix --unsafe} fixes it; empty where there is nothing to fix. */
    Optional<ModelFiles> fixed() throws IOException {
        Fix fix = new Fixer(linter::propose, FixOptions.UNSAFE, weights).fix(model);
        if (!fix.changed()) {
            notes.accept("'fix --unsafe' changes nothing");
            return Optional.empty();
        }
        return Optional.of(written(fix, "fixed.onnx"));
    }

    /** External data stay where the model has them. */
    private ModelFiles written(Fix fix, String name) throws IOException {
        Path file = workspace.folder().resolve(name);
        OnnxWriter.write(fix.before(), fix.after(), file);
        return new ModelFiles(file, ModelFiles.of(fix.after()).external());
    }

    @Override
    public void close() throws IOException {
        weights.close();
        workspace.close();
    }
}
