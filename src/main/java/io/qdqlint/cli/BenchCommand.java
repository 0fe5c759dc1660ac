package io.qdqlint.cli;

import io.qdqlint.fact.Target;
import io.qdqlint.fix.Dequantization;
import io.qdqlint.ir.Model;
import io.qdqlint.report.engine.BenchMarkdownReport;
import io.qdqlint.report.engine.BenchMarkdownReport.Row;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.TensorRtVersion;
import io.qdqlint.trt.run.BuildMode;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.Trtexec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qdqlint bench MODEL}. */
@Command(
        name = "bench",
        description = {
            "Makes and builds a model's variants where it is to run and sets them side by side in a Markdown table: FP16 and"
                    + " implicit INT8 without Q/DQ, the model itself, and the repaired one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit status: 0 done; 2 bad usage, unreadable input, or TensorRT could not do its work; 3 a variant does not"
                    + " build."
        })
final class BenchCommand implements Callable<Integer>, Streams.User {
    private static final int NOT_BUILT = 3;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = "ONNX file with Q/DQ.")
    private Path model;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FLAG",
            description = "Behind '--': further options for trtexec, the same in all builds.")
    private List<String> extra = new ArrayList<>();

    @Option(
            names = "--float",
            paramLabel = "FILE",
            description =
                    "The model before quantization, for the FP16 row and, before TensorRT 11, implicit INT8. Default:"
                            + " MODEL with its Q/DQ taken out.")
    private Path floatModel;

    @Option(
            names = "--fixed",
            paramLabel = "FILE",
            description = "The repaired model. Default: MODEL as 'qdqlint fix --unsafe' mends it.")
    private Path fixed;

    @Option(
            names = "--recorded",
            paramLabel = "NAME=FILE",
            description =
                    "A row from engine files made elsewhere (x.layer.json with x.profile.json and x.log beside it); may"
                            + " be repeated.")
    private Map<String, Path> recorded = new LinkedHashMap<>();

    @Mixin
    private TargetOptions options;

    private Streams streams;

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (model == null && recorded.isEmpty()) {
            throw new UsageException("bench needs a model, or engines with --recorded NAME=FILE");
        }
        List<Row> rows = new ArrayList<>();
        if (model != null) {
            build(rows);
        }
        for (Map.Entry<String, Path> entry : recorded.entrySet()) {
            MeasuredEngine engine = MeasuredEngineReader.read(entry.getValue());
            rows.add(new Row(entry.getKey(), engine, engine.log()));
        }
        streams.out().write(BenchMarkdownReport.of(rows).getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
        return rows.stream().allMatch(r -> r.engine() != null) ? 0 : NOT_BUILT;
    }

    private void build(List<Row> rows) throws IOException, InterruptedException {
        Model quantized = ModelFile.toBuild(model);
        ModelFiles files = ModelFiles.of(quantized);
        Trtexec trtexec = Trtexec.on(options.target());
        TensorRtVersion version = trtexec.version();
        streams.err().println("qdqlint: TensorRT " + version + " on " + trtexec.where());
        boolean weaklyTyped = !version.atLeast(11, 0);
        try (BenchVariants variants =
                new BenchVariants(quantized, note -> streams.err().println("qdqlint: " + model + ": " + note))) {
            Optional<ModelFiles> floating = floatModel == null ? variants.floating() : given(floatModel);
            if (floating.isPresent()) {
                rows.add(row(trtexec, weaklyTyped ? "FP16" : "float model", floating.get(), BuildMode.FP16));
                if (weaklyTyped) {
                    rows.add(row(trtexec, "implicit INT8", floating.get(), BuildMode.INT8));
                }
            }
            if (Dequantization.isQuantized(quantized)) {
                rows.add(row(trtexec, "QAT", files, options.mode(quantized)));
            }
            Optional<ModelFiles> repaired = fixed == null
                    ? variants.fixed(EngineOptions.linter(new Target(version.major(), version.minor())))
                    : given(fixed);
            if (repaired.isPresent()) {
                rows.add(row(trtexec, "QAT, fixed", repaired.get(), options.mode(quantized)));
            }
        }
    }

    private static Optional<ModelFiles> given(Path file) throws IOException {
        return Optional.of(ModelFiles.of(ModelFile.toBuild(file)));
    }

    private Row row(Trtexec trtexec, String name, ModelFiles files, BuildMode mode)
            throws IOException, InterruptedException {
        Trtexec.Outcome outcome = trtexec.build(
                name,
                files,
                mode,
                extra,
                options.timeout(),
                null,
                new BuildProgress(streams.err(), name, options.verbose()));
        return new Row(name, outcome.engine().orElse(null), outcome.log());
    }
}
