package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.report.engine.ComparisonHtmlReport;
import io.qdqlint.report.engine.ComparisonJsonReport;
import io.qdqlint.report.engine.ComparisonTextReport;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.compare.EngineComparison;
import io.qdqlint.trt.run.MachineException;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.Trtexec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code qdqlint compare A B}. */
final class CompareCommand extends Command {
    private static final List<String> FORMATS = List.of("text", "json", "html");

    private Path a;
    private Path b;
    private Path profileA;
    private Path profileB;
    private final LimitOption limit = new LimitOption(40, "differences");
    private final FormatOption formats = new FormatOption(FORMATS);
    private final MachineOptions options = new MachineOptions();
    private final StrongTyping typing = new StrongTyping();

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Compares two engines of one network: fusions, precisions, kernels, times.",
                "Examples: PTQ and QAT, or before and after a fix.");
        syntax.footer("", "Exit status: 0 done; 2 bad usage or unreadable input.");
        syntax.parameter("0", "1")
                .label("A")
                .says("Layer file of the first engine (trtexec --exportLayerInfo); its profile and log are found"
                        + " beside it (x.layer.json, x.profile.json, x.log). Or an ONNX file, which is"
                        + " built first.")
                .to(Path.class, v -> a = v);
        syntax.parameter("1", "1")
                .label("B")
                .says("The second engine, or ONNX file.")
                .to(Path.class, v -> b = v);
        syntax.option("--profile-a")
                .label("FILE")
                .says("Profile of A, if it is not beside the engine.")
                .to(Path.class, v -> profileA = v);
        syntax.option("--profile-b")
                .label("FILE")
                .says("Profile of B, if it is not beside the engine.")
                .to(Path.class, v -> profileB = v);
        limit.declare(syntax);
        formats.declare(syntax);
        options.declare(syntax);
        typing.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        formats.check();
        limit.get();
        MeasuredEngine first = Failures.in(a, () -> engine(a, profileA));
        MeasuredEngine second = Failures.in(b, () -> engine(b, profileB));
        EngineComparison comparison = Failures.in(a, () -> EngineComparison.of(first, second));
        formats.write((name, out) -> write(comparison, name, out), streams.out());
        return 0;
    }

    private MeasuredEngine engine(Path file, Path profile) throws IOException, InterruptedException {
        return file.toString().endsWith(".onnx") ? built(file) : MeasuredEngineReader.read(file, profile);
    }

    private MeasuredEngine built(Path file) throws IOException, InterruptedException {
        Model model = ModelFile.toBuild(file);
        String label = ModelFile.label(file);
        return Trtexec.on(options.target())
                .build(
                        label,
                        ModelFiles.of(model),
                        MachineOptions.mode(model, typing.chosen()),
                        List.of(),
                        options.timeout(),
                        null,
                        new BuildProgress(streams, label, options.verbose()))
                .engine()
                .orElseThrow(() ->
                        new MachineException("TensorRT does not build " + file + "; 'qdqlint validate' says why"));
    }

    private void write(EngineComparison comparison, String format, OutputStream out) throws IOException {
        switch (format) {
            case "text" ->
                out.write(ComparisonTextReport.of(comparison, limit.get()).getBytes(StandardCharsets.UTF_8));
            case "json" -> ComparisonJsonReport.write(comparison, out);
            default -> ComparisonHtmlReport.write(comparison, out);
        }
    }
}
