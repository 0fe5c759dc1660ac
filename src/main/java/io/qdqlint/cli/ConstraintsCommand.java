package io.qdqlint.cli;

import io.qdqlint.constraints.ConstraintFinder;
import io.qdqlint.constraints.Constraints;
import io.qdqlint.constraints.PythonSnippet;
import io.qdqlint.engine.Linter;
import io.qdqlint.report.json.ConstraintsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "constraints",
        description = {
            "Tells what the quantizers have to obey in training, so that the exported model needs no fix:",
            "which share a scale, which are switched off, which inputs need one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 done; 2 bad usage or unreadable input."})
final class ConstraintsCommand implements Callable<Integer>, Streams.User {
    private enum Format {
        JSON,
        PYTORCH_QUANTIZATION,
        MODELOPT
    }

    @Parameters(paramLabel = "MODEL", description = "ONNX file, exported with fake quantization.")
    private Path file;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "NAME",
            defaultValue = "json",
            description = "json, or Python for pytorch_quantization or modelopt. Default: json.")
    private Format format;

    @Mixin
    private EngineOptions engine;

    private Streams streams;

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() throws IOException {
        Linter linter = engine.linter(ConstraintFinder.TOLERANCE);
        Constraints found = ConstraintFinder.find(
                ModelFile.read(file), m -> linter.derive(m).all());
        String text = switch (format) {
            case JSON -> ConstraintsJson.of(found);
            case PYTORCH_QUANTIZATION ->
                String.join("\n", PythonSnippet.of(found, PythonSnippet.Tool.PYTORCH_QUANTIZATION));
            case MODELOPT -> String.join("\n", PythonSnippet.of(found, PythonSnippet.Tool.MODELOPT));
        };
        streams.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
