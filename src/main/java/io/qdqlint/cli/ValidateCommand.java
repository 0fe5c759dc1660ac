package io.qdqlint.cli;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import io.qdqlint.report.engine.EngineReport;
import io.qdqlint.report.engine.ValidationJsonReport;
import io.qdqlint.report.engine.ValidationTextReport;
import io.qdqlint.rules.run.RuleRunner;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.TensorRtVersion;
import io.qdqlint.trt.run.Machine;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.Trtexec;
import io.qdqlint.trt.verdict.Validation;
import io.qdqlint.trt.verdict.Validator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code qdqlint validate MODEL}. */
final class ValidateCommand extends Command {
    private static final List<String> WITHOUT_ENGINE = Stream.concat(
                    Stream.of("text", "verdicts"), Reports.CHECK.names().stream())
            .distinct()
            .toList();
    private static final List<String> FORMATS =
            Stream.concat(WITHOUT_ENGINE.stream(), Stream.of("engine", "svg")).toList();
    private static final int NOT_BUILT = 3;

    private Path file;
    private final TrtexecArguments extra = new TrtexecArguments();
    private final MachineOptions options = new MachineOptions();
    private Path engineFile;
    private Path profileFile;
    private Path keep;
    private final FormatOption formats = new FormatOption(FORMATS);
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Builds a model with TensorRT on the target, and checks every finding and forecast against the engine.",
                "-f verdicts writes JSON, -f engine the engine as a page, -f svg its graph; the formats of 'check' have"
                        + " measured costs instead of estimates.");
        syntax.footer(
                "",
                "Exit status: 0 built and judged; 2 bad usage, unreadable input, or TensorRT could not run;"
                        + " 3 the model does not build.");
        syntax.parameter("0", "1").label("MODEL").says("ONNX file.").to(Path.class, v -> file = v);
        extra.declare(syntax, "such as --shapes=images:1x3x640x640.");
        options.declare(syntax);
        syntax.option("--engine")
                .label("FILE")
                .says("Do not build; read this file of --exportLayerInfo from a build made elsewhere.")
                .to(Path.class, v -> engineFile = v);
        syntax.option("--profile")
                .label("FILE")
                .says("With --engine: its file of --exportProfile.")
                .to(Path.class, v -> profileFile = v);
        syntax.option("--keep")
                .label("DIR")
                .says("Keep trtexec's files and log in this folder.")
                .to(Path.class, v -> keep = v);
        formats.declare(syntax);
        tolerance.declare(syntax);
        lint.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        formats.check();
        return Failures.in(file, this::validate);
    }

    private Integer validate() throws IOException, InterruptedException {
        Model model = engineFile == null ? ModelFile.toBuild(file) : ModelFile.read(file);
        Validation validation = engineFile == null ? built(model) : recorded(model);
        boolean built = validation.engine() != null;
        formats.write(built ? FORMATS : WITHOUT_ENGINE, (name, out) -> write(validation, name, out), streams.out());
        if (!built) {
            streams.report(file + ": TensorRT did not build the model");
            return NOT_BUILT;
        }
        return 0;
    }

    private Validation built(Model model) throws IOException, InterruptedException {
        ModelFiles files = ModelFiles.of(model);
        Machine place = options.target();
        Trtexec trtexec = Trtexec.on(place);
        streams.report("TensorRT " + trtexec.version() + " on " + place.name());
        Diagnosis diagnosis = lint(model, target(trtexec.version()));
        String label = ModelFile.label(file);
        Trtexec.Outcome outcome = trtexec.build(
                label,
                files,
                MachineOptions.mode(model, lint.stronglyTyped(file)),
                extra.get(),
                options.timeout(),
                keep,
                new BuildProgress(streams, label, options.verbose()));
        return Validator.validate(diagnosis, outcome.engine().orElse(null), outcome.log());
    }

    private Validation recorded(Model model) throws IOException {
        MeasuredEngine measured = MeasuredEngineReader.read(engineFile, profileFile);
        if (!Validator.isOf(model, measured.engine())) {
            throw new UsageException(
                    engineFile + " is not an engine of " + file + ": it names none of the nodes of the model");
        }
        TensorRtVersion version = measured.log().version();
        Diagnosis diagnosis = lint(model, version == null ? lint.target(model.file()) : target(version));
        return Validator.validate(diagnosis, measured, measured.log());
    }

    private Diagnosis lint(Model model, Target target) {
        return new Linter(
                        RuleRunner.load(lint.rules()),
                        target,
                        lint.device(model.file()),
                        tolerance.get(),
                        lint.shapes(model.file()))
                .lint(model);
    }

    private Target target(TensorRtVersion version) {
        return lint.typed(new Target(version.major(), version.minor()), file);
    }

    private void write(Validation validation, String format, OutputStream out) throws IOException {
        switch (format) {
            case "text" -> out.write(ValidationTextReport.of(validation).getBytes(StandardCharsets.UTF_8));
            case "verdicts" -> ValidationJsonReport.write(validation, out);
            case "engine" -> EngineReport.writeHtml(validation.engine(), out);
            case "svg" -> EngineReport.writeSvg(validation.engine(), out);
            default -> Reports.CHECK.named(format).write(run(validation), out);
        }
    }

    private Run run(Validation validation) {
        return new Run(
                List.of(validation.diagnosis()),
                List.of(),
                lint::catalogue,
                Version.NUMBER,
                ReportOptions.DEFAULT.withDevice(
                        validation.log().device().isEmpty()
                                ? lint.device(file).name()
                                : validation.log().device()));
    }
}
