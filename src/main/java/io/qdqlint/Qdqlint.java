package io.qdqlint;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Advisor;
import io.qdqlint.lint.Linter;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rules.run.RuleRunner;
import java.nio.file.Path;
import java.util.List;

/**
 * qdqlint for programs: says of an ONNX model what TensorRT builds of its Q/DQ nodes, and what is wrong with them.
 *
 * <pre>{@code
 * Qdqlint qdqlint = Qdqlint.load();
 * Diagnosis diagnosis = qdqlint.lint(Path.of("model.onnx"), Options.DEFAULT.tensorrt("10.3").device("AGX Orin"));
 * }</pre>
 *
 * <p>Loading takes some tenths of a second; keep the object. Threads may share it, and each may lint a model at the same time.
 *
 * <p>This class, {@link Options} and what they return are the interface; it changes as docs/releasing.md says. Other public types of
 * the jar are there for qdqlint itself.
 */
public final class Qdqlint {
    private final RuleRunner rules;

    private Qdqlint(RuleRunner rules) {
        this.rules = rules;
    }

    /** With the built-in rules. */
    public static Qdqlint load() {
        return load(List.of());
    }

    /**
     * With the built-in rules and one's own. Rules are Java code, compiled the first time and kept in the user's cache: load only rules
     * that you trust.
     *
     * @param folders each in the shape of {@code rules/}, as docs/adding-a-rule.md shows
     * @throws io.qdqlint.rules.RuleException if a folder has no rules, a rule does not compile, or two rules have one id
     */
    public static Qdqlint load(List<Path> folders) {
        return new Qdqlint(RuleRunner.load(List.copyOf(folders)));
    }

    /**
     * Lints one model, as {@code qdqlint check} does without a configuration. Its weights stay in the file.
     *
     * @param model an ONNX file, or ONNX's textual syntax in a file whose name ends in {@code .onnxtxt}
     * @return the findings, the worst and costliest first, and the engine that TensorRT is expected to build. Times are microseconds per
     *     inference on the GPU of the options, sizes are bytes, {@code NaN} and -1 where a shape is not known
     * @throws io.qdqlint.ir.InvalidModelException if the file is missing or unreadable, is no model, or the options' shapes do not fit
     *     it; its message is a sentence for whoever passed the file, and does not name the file
     * @throws java.io.UncheckedIOException if the weights of the model cannot be read
     * @throws io.qdqlint.rules.RuleException if a rule of one's own fails
     */
    public Diagnosis lint(Path model, Options options) {
        Linter linter = new Linter(rules, options.target(), options.gpu(), options.tolerance(), options.inputs());
        return Advisor.lint(linter, OnnxReader.read(model));
    }
}
