package io.qdqlint.cli;

import io.qdqlint.gate.ModelFiles;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.report.Run.Unreadable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The models of a call: files, folders, and patterns that the shell did not expand. */
final class ModelArguments {
    private List<String> names = new ArrayList<>();
    private List<String> exclude = new ArrayList<>();
    private boolean allowEmpty;
    private String changed;

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.parameter("0..*", "0..*")
                .label("MODEL")
                .says(
                        "ONNX file, .onnx or .onnxtxt; a folder, for the models in it and below; or a pattern such as"
                                + " 'models/**/*.onnx', in quotes, in which ** stands for any number of folders, none included.")
                .toList(String.class, v -> names = v);
        syntax.option("--exclude")
                .label("PATTERN")
                .split(",")
                .says("Leave out these files and folders; may be repeated.")
                .toList(String.class, v -> exclude = v);
        syntax.option("--allow-empty")
                .says("Do nothing, with status 0, if there is no model. Default: that is bad usage.")
                .toFlag(v -> allowEmpty = v);
        syntax.option("--changed-since")
                .label("REV")
                .says(
                        "Only models that git says have changed since this revision, or since the common ancestor with it;"
                                + " also models whose external data or configuration has changed.")
                .to(String.class, v -> changed = v);
    }

    /** Whether only some of the models are looked at. */
    boolean isPartial() {
        return changed != null;
    }

    /**
     * The files that are meant, without those that a configuration leaves out. Checks the options and each model's configuration
     * before any work is done.
     *
     * @throws UsageException where there is no model, or an option or a configuration is not right
     */
    ModelFiles find(LintOptions lint, ToleranceOption tolerance) {
        ModelFiles files = find(file -> lint.config(file).excludes(file));
        files.files().forEach(file -> lint.linter(tolerance.get(), file));
        return files;
    }

    private ModelFiles find(Predicate<Path> excluded) {
        if (names.isEmpty() && !allowEmpty) {
            throw new UsageException("Missing required parameter: 'MODEL'; name a file, a folder or a pattern"
                    + " (--allow-empty accepts an empty list)");
        }
        ModelFiles found = ModelFiles.find(names, exclude, allowEmpty).without(excluded);
        if (found.files().isEmpty() && found.problems().isEmpty() && !allowEmpty) {
            throw new UsageException("all models are excluded (--allow-empty does nothing where there is none)");
        }
        return changed == null ? found : found.changedSince(changed);
    }

    /** What a call does with each of its models. */
    interface Work {
        void on(Model model) throws Exception;
    }

    /**
     * Reads the models one after the other, each handed on before the next is read.
     *
     * @return the files that failed, because of the file or of a defect of qdqlint; the others are done
     */
    List<Unreadable> read(ModelFiles found, Work each) throws IOException {
        List<Unreadable> unreadable = new ArrayList<>();
        found.problems().forEach((name, problem) -> unreadable.add(new Unreadable(name, problem)));
        for (Path file : found.files()) {
            try {
                each.on(OnnxReader.read(file));
            } catch (Output.OutputException e) {
                throw e;
            } catch (Throwable e) {
                unreadable.add(new Unreadable(file.toString(), Failures.describe(file, e)));
            }
        }
        return unreadable;
    }
}
