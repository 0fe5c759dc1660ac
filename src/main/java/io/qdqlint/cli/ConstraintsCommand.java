package io.qdqlint.cli;

import io.qdqlint.constraints.BuildNotes;
import io.qdqlint.constraints.ConstraintFinder;
import io.qdqlint.constraints.Constraints;
import io.qdqlint.constraints.PythonSnippet;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.report.json.ConstraintsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

final class ConstraintsCommand extends Command {
    private enum Format {
        JSON,
        PYTORCH_QUANTIZATION,
        MODELOPT
    }

    private Path file;
    private Format format;
    private final LintOptions lint = new LintOptions();

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Prints constraints for quantization-aware training, so that the exported model needs no fix:",
                "which quantizers must share a scale, which to disable, where to add one.");
        syntax.footer("", "Exit status: 0 done; 2 bad usage or unreadable input.");
        syntax.parameter("0", "1")
                .label("MODEL")
                .says("ONNX file, exported with fake quantization.")
                .to(Path.class, v -> file = v);
        syntax.option("-f", "--format")
                .label("NAME")
                .byDefault("json")
                .says("json, or Python for pytorch_quantization or modelopt. Default: json.")
                .to(Format.class, v -> format = v);
        lint.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Linter linter = lint.linter(ConstraintFinder.TOLERANCE, file);
        Model model = ModelFile.read(file);
        Constraints found = Failures.in(
                file,
                () -> ConstraintFinder.find(model, m -> linter.derive(m).all(), linter::propose)
                        .noting(BuildNotes.of(linter.lint(model).findings())));
        String text = switch (format) {
            case JSON -> ConstraintsJson.of(found);
            case PYTORCH_QUANTIZATION ->
                String.join("\n", PythonSnippet.of(found, PythonSnippet.Tool.PYTORCH_QUANTIZATION));
            case MODELOPT -> String.join("\n", PythonSnippet.of(found, PythonSnippet.Tool.MODELOPT));
        };
        found.notes().forEach(note -> streams.report(file + ": " + note));
        streams.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
