package io.qdqlint.cli;

import io.qdqlint.constraints.ConstraintFinder;
import io.qdqlint.constraints.Constraints;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FloatLayers;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.onnx.ExternalFiles;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.report.engine.TuneHtmlReport;
import io.qdqlint.report.engine.TuneJsonReport;
import io.qdqlint.report.engine.TuneMarkdownReport;
import io.qdqlint.report.json.ConstraintsJson;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.TensorRtVersion;
import io.qdqlint.trt.run.MachineException;
import io.qdqlint.trt.run.Trtexec;
import io.qdqlint.tune.Journal;
import io.qdqlint.tune.LearnedLayers;
import io.qdqlint.tune.MachineWorkshop;
import io.qdqlint.tune.Trial;
import io.qdqlint.tune.Tuner;
import io.qdqlint.tune.Tuning;
import io.qdqlint.tune.Variants;
import io.qdqlint.verify.Proof;
import io.qdqlint.verify.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** {@code qdqlint tune MODEL -o TUNED}. */
final class TuneCommand extends Command {
    private static final List<String> FORMATS = List.of("markdown", "json", "html", "constraints");
    private static final int NOT_BUILT = 3;

    private Path file;
    private Path output;
    private final TrtexecArguments extra = new TrtexecArguments();
    private int builds;
    private int rounds;
    private long limit;
    private boolean resume;
    private Path folder;
    private Path learn;
    private final MachineOptions options = new MachineOptions();
    private final StrongTyping typing = new StrongTyping();
    private final ProofOptions proof = new ProofOptions();
    private final FormatOption formats = new FormatOption(FORMATS);

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Finds the layers that are faster in floating point, by building and timing the model on the target,"
                        + " and writes the fastest model.",
                "First it builds the model as it is, fixed by 'fix --unsafe', in FP16 without Q/DQ and, before"
                        + " TensorRT 11, in implicit INT8; then the choices of layers that these times suggest.");
        syntax.footer(
                "",
                "Exit status: 0 done; 1 the proof failed and nothing was written; 2 bad usage, unreadable input, or"
                        + " TensorRT could not run; 3 no model was built.");
        syntax.parameter("0", "1").label("MODEL").says("ONNX file with Q/DQ.").to(Path.class, v -> file = v);
        extra.declare(syntax, "the same in all builds.");
        syntax.option("-o", "--output")
                .label("TUNED")
                .says("Where the fastest model goes.")
                .to(Path.class, v -> output = v);
        syntax.option("--builds")
                .label("N")
                .byDefault("8")
                .says("Build at most this many engines in all. Default: ${DEFAULT-VALUE}.")
                .to(Integer.class, v -> builds = v);
        syntax.option("--rounds")
                .label("N")
                .byDefault("3")
                .says("Time the fastest three this often, in turn. Default: ${DEFAULT-VALUE}.")
                .to(Integer.class, v -> rounds = v);
        syntax.option("--time")
                .label("SECONDS")
                .byDefault("86400")
                .says("Begin no build that may end after this time. Default: a day.")
                .to(Long.class, v -> limit = v);
        syntax.option("--journal")
                .label("DIR")
                .says("Folder for the journal, the engines' files and the fastest model so far. Default: TUNED.tune.")
                .to(Path.class, v -> folder = v);
        syntax.option("--resume")
                .says("Continue from the journal of a tuning that was stopped.")
                .toFlag(v -> resume = v);
        syntax.option("--learn")
                .label("FILE")
                .says("Write the measured time of each layer, for --measured of 'check', 'forecast' and 'fix'.")
                .to(Path.class, v -> learn = v);
        options.declare(syntax);
        typing.declare(syntax);
        proof.declare(syntax, "");
        formats.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        formats.check();
        proof.check();
        if (output == null) {
            throw new UsageException("give -o TUNED, the file for the fastest model");
        }
        ModelFile.checkOutput(file, output, "give another file");
        if (learn != null) {
            FormatOption.requireFile(learn);
        }
        if (builds < 1 || rounds < 1 || limit < 1) {
            throw new UsageException("--builds, --rounds and --time must be 1 or more");
        }
        return Failures.in(file, this::tune);
    }

    private Integer tune() throws IOException, InterruptedException {
        Model model = ModelFile.toBuild(file);
        Trtexec trtexec = Trtexec.on(options.target());
        TensorRtVersion version = trtexec.version();
        streams.report("TensorRT " + version + " on " + trtexec.where());
        Linter linter = LintOptions.linter(typing.of(version));
        Path place = folder == null ? output.resolveSibling(output.getFileName() + ".tune") : folder;
        String what = Journal.of(file, version.toString(), extra.get());
        Journal journal = resume ? Journal.resume(place, what) : Journal.begin(place, what);
        MachineWorkshop.Job job = new MachineWorkshop.Job(
                model,
                MachineOptions.mode(model, typing.chosen()),
                extra.get(),
                options.timeout(),
                Duration.ofSeconds(limit),
                streams::report,
                name -> new BuildProgress(streams, name, options.verbose()));
        try (Variants variants =
                new Variants(model, linter::propose, m -> linter.lint(m).forecast())) {
            MachineWorkshop workshop = new MachineWorkshop(job, variants, trtexec, journal);
            String left = "The builds so far are in " + place
                    + ", the fastest model in its best.onnx, without a proof; --resume continues";
            Thread interrupted = new Thread(() -> streams.report("stopped. " + left));
            Runtime.getRuntime().addShutdownHook(interrupted);
            Tuning tuning;
            try {
                tuning = new Tuner(workshop, new Tuner.Limits(builds, rounds), variants.choosable()).run();
            } catch (IOException e) {
                Runtime.getRuntime().removeShutdownHook(interrupted);
                throw new MachineException(Failures.describe(e) + ". " + left);
            }
            Runtime.getRuntime().removeShutdownHook(interrupted);
            return finish(model, linter, tuning, variants);
        }
    }

    private Integer finish(Model model, Linter linter, Tuning tuning, Variants variants) throws IOException {
        formats.write(FORMATS, (name, out) -> write(model, linter, tuning, name, out), streams.out());
        if (learn != null) {
            List<MeasuredEngine> engines = tuning.trials().stream()
                    .map(Trial::engine)
                    .filter(Objects::nonNull)
                    .toList();
            Files.write(learn, LearnedLayers.of(engines, "", ""));
        }
        if (tuning.result().isEmpty()) {
            streams.report(file + ": TensorRT built no row");
            return NOT_BUILT;
        }
        Trial result = tuning.result().get();
        Fix fix = variants.of(result);
        ExternalFiles.transfer(fix.before(), output, ExternalFiles.Transfer.COPY);
        Verdict[] verdict = {null};
        Proof.Settings settings = proof.settings(1, 3, Map.of());
        try {
            OnnxWriter.write(fix.before(), fix.after(), output, written -> {
                if (settings != null && fix.changed()) {
                    verdict[0] = Proof.prove(fix, written, settings);
                    if (verdict[0].outcome() == Verdict.Outcome.FAILED) {
                        throw new NoProofException(verdict[0].reason());
                    }
                }
            });
        } catch (NoProofException e) {
            streams.report("nothing is written: " + e.getMessage() + ". --min-sqnr sets another floor");
            return 1;
        }
        streams.report(output + " is the row '" + result.name() + "'"
                + (verdict[0] == null
                        ? ""
                        : verdict[0].outcome() == Verdict.Outcome.NOT_VERIFIED
                                ? ", not verified: " + verdict[0].reason()
                                : ", proven against the model as exported"));
        return 0;
    }

    private static void write(Model model, Linter linter, Tuning tuning, String format, OutputStream out)
            throws IOException {
        switch (format) {
            case "json" -> TuneJsonReport.write(tuning, Version.NUMBER, out);
            case "html" -> TuneHtmlReport.write(model.file().toString(), tuning, out);
            case "constraints" ->
                out.write((ConstraintsJson.of(constraints(model, linter, tuning)) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            default -> out.write(TuneMarkdownReport.of(tuning).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What training has to do so that its next export is as the result: the layers in floating point have no quantizers. */
    private static Constraints constraints(Model model, Linter linter, Tuning tuning) throws IOException {
        Set<String> floats = tuning.result().map(Trial::floats).orElse(Set.of());
        return ConstraintFinder.find(
                model,
                m -> Stream.concat(linter.derive(m).all().stream(), FloatLayers.rewrites(m.graph(), floats).stream())
                        .toList());
    }

    /** Keeps a model from being written. */
    private static final class NoProofException extends IOException {
        private static final long serialVersionUID = 1L;

        NoProofException(String reason) {
            super(reason);
        }
    }
}
