package io.qdqlint.cli;

import io.qdqlint.fix.Dequantization;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.report.engine.BenchMarkdownReport;
import io.qdqlint.report.engine.BenchMarkdownReport.Row;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.TensorRtVersion;
import io.qdqlint.trt.run.BuildMode;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.Trtexec;
import io.qdqlint.trt.run.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code qdqlint bench MODEL}. */
final class BenchCommand extends Command {
    private static final int NOT_BUILT = 3;

    private Path model;
    private final TrtexecArguments extra = new TrtexecArguments();
    private Path floatModel;
    private Path fixed;
    private Map<String, Path> recorded = new LinkedHashMap<>();
    private Map<String, Path> further = new LinkedHashMap<>();
    private int rounds;
    private final MachineOptions options = new MachineOptions();
    private final StrongTyping typing = new StrongTyping();

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Builds and times variants of a model on the target, and prints a Markdown table: FP16 and implicit INT8"
                        + " without Q/DQ, the model itself, and the fixed model.");
        syntax.footer(
                "",
                "Exit status: 0 done; 2 bad usage, unreadable input, or TensorRT could not run; 3 a variant"
                        + " does not build.");
        syntax.parameter("0", "0..1")
                .label("MODEL")
                .says("ONNX file with Q/DQ.")
                .to(Path.class, v -> model = v);
        extra.declare(syntax, "the same in all builds.");
        syntax.option("--float")
                .label("FILE")
                .says("The model before quantization, for the FP16 row and, before TensorRT 11, implicit INT8."
                        + " Default: MODEL without its Q/DQ.")
                .to(Path.class, v -> floatModel = v);
        syntax.option("--fixed")
                .label("FILE")
                .says("The fixed model. Default: MODEL, fixed by 'qdqlint fix --unsafe'.")
                .to(Path.class, v -> fixed = v);
        syntax.option("--row")
                .label("NAME=MODEL")
                .says("Add a row: this model, built with the same options as MODEL; may be repeated.")
                .toMap(Path.class, v -> further = v);
        syntax.option("--rounds")
                .label("N")
                .byDefault("3")
                .says("Time each row this often, in turn; later builds use the timing cache of the first."
                        + " Default: ${DEFAULT-VALUE}.")
                .to(Integer.class, v -> rounds = v);
        syntax.option("--recorded")
                .label("NAME=FILE")
                .says("Add a row from engine files made elsewhere (x.layer.json with x.profile.json and x.log beside"
                        + " it); may be repeated.")
                .toMap(Path.class, v -> recorded = v);
        options.declare(syntax);
        typing.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (model == null && recorded.isEmpty()) {
            throw new UsageException("bench needs a model, or engines with --recorded NAME=FILE");
        }
        if (rounds < 1) {
            throw new UsageException("--rounds must be 1 or more");
        }
        if (model == null && !further.isEmpty()) {
            throw new UsageException("--row needs MODEL, the model to compare it with");
        }
        List<Row> rows = new ArrayList<>();
        if (model != null) {
            build(rows);
        }
        for (Map.Entry<String, Path> entry : recorded.entrySet()) {
            MeasuredEngine engine = MeasuredEngineReader.read(entry.getValue());
            rows.add(new Row(entry.getKey(), engine, engine.log(), List.of()));
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
        streams.report("TensorRT " + version + " on " + trtexec.where());
        boolean weaklyTyped = !version.atLeast(11, 0);
        Linter linter = LintOptions.linter(typing.of(version));
        List<Build> builds = new ArrayList<>();
        try (Workspace timings = new Workspace(null);
                BenchVariants variants =
                        new BenchVariants(quantized, linter, note -> streams.report(model + ": " + note))) {
            Optional<ModelFiles> floating = floatModel == null ? variants.floating() : given(floatModel);
            if (floating.isPresent()) {
                builds.add(new Build(weaklyTyped ? "FP16" : "float model", floating.get(), BuildMode.FP16));
                if (weaklyTyped) {
                    builds.add(new Build("implicit INT8", floating.get(), BuildMode.INT8));
                }
            }
            if (Dequantization.isQuantized(quantized)) {
                builds.add(new Build("QAT", files, MachineOptions.mode(quantized, typing.chosen())));
            }
            Optional<ModelFiles> repaired = fixed == null ? variants.fixed() : given(fixed);
            if (repaired.isPresent()) {
                builds.add(new Build("QAT, fixed", repaired.get(), MachineOptions.mode(quantized, typing.chosen())));
            }
            for (Map.Entry<String, Path> entry : further.entrySet()) {
                Model other = ModelFile.toBuild(entry.getValue());
                builds.add(
                        new Build(entry.getKey(), ModelFiles.of(other), MachineOptions.mode(other, typing.chosen())));
            }
            rows.addAll(inTurn(builds, trtexec.caching(timings.folder().resolve("timing.cache"))));
        }
    }

    /** Builds each row once, then times all rows in turn, round after round, so that a disturbance affects all rows. */
    private List<Row> inTurn(List<Build> builds, Trtexec trtexec) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Build build : builds) {
            rows.add(row(trtexec, build));
        }
        for (int round = 1; round < rounds; round++) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).engine() != null) {
                    rows.set(i, rows.get(i).and(row(trtexec, builds.get(i))));
                }
            }
        }
        return rows;
    }

    private record Build(String name, ModelFiles files, BuildMode mode) {}

    private static Optional<ModelFiles> given(Path file) throws IOException, InterruptedException {
        return Optional.of(ModelFiles.of(ModelFile.toBuild(file)));
    }

    private Row row(Trtexec trtexec, Build build) throws IOException, InterruptedException {
        Trtexec.Outcome outcome = trtexec.build(
                build.name(),
                build.files(),
                build.mode(),
                extra.get(),
                options.timeout(),
                null,
                new BuildProgress(streams, build.name(), options.verbose()));
        return outcome.engine()
                .map(e -> new Row(
                        build.name(),
                        e,
                        outcome.log(),
                        e.medianGpuMs().stream().boxed().toList()))
                .orElseGet(() -> new Row(build.name(), null, outcome.log(), List.of()));
    }
}
