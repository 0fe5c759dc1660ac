package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.report.engine.ComparisonHtmlReport;
import io.qdqlint.report.engine.ComparisonJsonReport;
import io.qdqlint.report.engine.ComparisonTextReport;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.compare.EngineComparison;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.TargetException;
import io.qdqlint.trt.run.Trtexec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qdqlint compare A B}. */
@Command(
        name = "compare",
        description = {
            "Compares two engines of one network: what is fused, which precision, which kernels, how long.",
            "PTQ against QAT, or before against after a fix."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 done; 2 bad usage or unreadable input."})
final class CompareCommand implements Callable<Integer>, Streams.User {
    private static final List<String> FORMATS = List.of("text", "json", "html");

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "Layer file of the first engine (trtexec --exportLayerInfo); its profile and log are found"
                    + " beside it (x.layer.json, x.profile.json, x.log). Or an ONNX file, which is built first.")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "The second engine, or ONNX file.")
    private Path b;

    @Option(names = "--profile-a", paramLabel = "FILE", description = "Profile of A, if it lies elsewhere.")
    private Path profileA;

    @Option(names = "--profile-b", paramLabel = "FILE", description = "Profile of B, if it lies elsewhere.")
    private Path profileB;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "40",
            description = "Most differences that text lists (default ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private EngineFormats formats;

    @Mixin
    private TargetOptions options;

    private Streams streams;

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        formats.check(FORMATS);
        EngineComparison comparison = EngineComparison.of(engine(a, profileA), engine(b, profileB));
        formats.write((name, out) -> write(comparison, name, out), streams.out());
        return 0;
    }

    private MeasuredEngine engine(Path file, Path profile) throws IOException, InterruptedException {
        if (file.toString().endsWith(".onnx")) {
            return built(file);
        }
        return profile == null ? MeasuredEngineReader.read(file) : MeasuredEngineReader.read(file, profile, null);
    }

    private MeasuredEngine built(Path file) throws IOException, InterruptedException {
        Model model = ModelFile.toBuild(file);
        String label = file.getFileName().toString().replaceFirst("\\.onnx$", "");
        return Trtexec.on(options.target())
                .build(
                        label,
                        ModelFiles.of(model),
                        options.mode(model),
                        List.of(),
                        options.timeout(),
                        null,
                        new BuildProgress(streams.err(), label, options.verbose()))
                .engine()
                .orElseThrow(() ->
                        new TargetException("TensorRT does not build " + file + "; 'qdqlint validate' tells why"));
    }

    private void write(EngineComparison comparison, String format, OutputStream out) throws IOException {
        switch (format) {
            case "text" -> out.write(ComparisonTextReport.of(comparison, limit).getBytes(StandardCharsets.UTF_8));
            case "json" -> ComparisonJsonReport.write(comparison, out);
            default -> ComparisonHtmlReport.write(comparison, out);
        }
    }
}
