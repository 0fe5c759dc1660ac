package io.qdqlint.cli;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Severity;
import io.qdqlint.fix.Advisor;
import io.qdqlint.fix.Calibration;
import io.qdqlint.fix.CalibrationReader;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.LineDiff;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.onnx.ExternalFiles;
import io.qdqlint.onnx.OnnxTextWriter;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixRun;
import io.qdqlint.report.Printable;
import io.qdqlint.report.json.FixJsonReport;
import io.qdqlint.report.text.FixTextReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class FixCommand extends Command {
    private enum Format {
        TEXT,
        JSON
    }

    /** Elements of a tensor shown by --diff. */
    private static final int SHOWN = 8;

    /** Names that a message lists. */
    private static final int NAMES = 3;

    private Path file;
    private Path output;
    private boolean inPlace;
    private boolean dryRun;
    private boolean diff;
    private boolean unsafe;
    private final RuleChoice rules = new RuleChoice();
    private Path calibration;
    private ExternalFiles.Transfer external;
    private final ProofOptions proof = new ProofOptions();
    private long seed;
    private int runs;
    private Map<String, Path> inputs = new HashMap<>();
    private Format format;
    private final ToleranceOption tolerance = new ToleranceOption();
    private final LintOptions lint = new LintOptions();

    @Override
    void declare(Syntax syntax) {
        syntax.describe(
                "Fixes what the rules find, and proves in ONNX Runtime that the model computes the same.",
                "It applies no edit that makes the forecast worse. If a quantizer replaces a Relu or Clip, it first adds that"
                        + " node.");
        syntax.footer(
                "",
                "Exit status: 0 no finding of severity warning or error is left; 1 one is left, or the proof failed (with"
                        + " --in-place: or was not possible) and nothing was written; 2 bad usage or unreadable input.");
        syntax.parameter("0", "1")
                .label("MODEL")
                .says("ONNX file, .onnx or .onnxtxt.")
                .to(Path.class, v -> file = v);
        syntax.option("-o", "--output")
                .label("FIXED")
                .says("Where the fixed model goes.")
                .to(Path.class, v -> output = v);
        syntax.option("--in-place")
                .says("Replace the model itself, only if the proof holds, or with --no-verify.")
                .toFlag(v -> inPlace = v);
        syntax.option("--dry-run").says("List the edits, and write nothing.").toFlag(v -> dryRun = v);
        syntax.option("--diff")
                .says("Print what changes in ONNX's textual syntax, and write nothing.")
                .toFlag(v -> diff = v);
        syntax.option("--unsafe").says("Apply edits that change numerics too.").toFlag(v -> unsafe = v);
        rules.declare(syntax);
        syntax.option("--calibration")
                .label("FILE")
                .says("Ranges by tensor: TensorRT's calibration cache, JSON, or what ONNX Runtime and ModelOpt write.")
                .to(Path.class, v -> calibration = v);
        syntax.option("--external-data")
                .label("HOW")
                .byDefault("copy")
                .says("External data of a model written to another folder: copy, link (hard links) or leave.")
                .to(ExternalFiles.Transfer.class, v -> external = v);
        proof.declare(syntax, "");
        syntax.option("--seed")
                .label("N")
                .byDefault("1")
                .says("Seed of the random inputs. Default: 1.")
                .to(Long.class, v -> seed = v);
        syntax.option("--runs")
                .label("N")
                .byDefault("3")
                .says("Number of inputs to verify with. Default: 3.")
                .to(Integer.class, v -> runs = v);
        syntax.option("--input")
                .label("NAME=FILE")
                .says("Verify with this .npy array as the input NAME instead of random numbers.")
                .toMap(Path.class, v -> inputs = v);
        syntax.option("-f", "--format")
                .label("NAME")
                .byDefault("text")
                .says("Report on standard output: text or json. Default: ${DEFAULT-VALUE}.")
                .to(Format.class, v -> format = v);
        tolerance.declare(syntax);
        lint.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        rules.check(lint::catalogue);
        Model model = ModelFile.read(file);
        return Failures.in(file, () -> fix(model));
    }

    private Integer fix(Model model) throws IOException {
        Linter linter = lint.linter(tolerance.get(), file);
        Calibration ranges = calibration == null ? Calibration.NONE : readRanges(model);
        FixOptions options = new FixOptions(unsafe, tolerance.get(), ranges, FixOptions.DEFAULT_ROUNDS);
        try (Repair repair = new Repair(
                model,
                new FixProgress(streams, Fixer.mostForecasts(model, options), System::nanoTime).of(linter::propose),
                lint.chosen(rules),
                options,
                proof.settings(seed, runs, inputs))) {
            Fix fix = repair.fix();
            if (diff) {
                print(fix);
                return 0;
            }
            Diagnosis before = Advisor.lint(linter, model);
            Diagnosis after = fix.changed() ? Advisor.lint(linter, fix.after()).tried(fix.tried()) : before;
            boolean done = dryRun || write(repair);
            Path written = dryRun || !done || inPlace && !fix.changed() ? null : target();
            report(new FixRun(fix, before, after, repair.verdict(), written, Version.NUMBER));
            if (!done) {
                streams.report("nothing is written: " + repair.why());
            }
            return done && after.findings().stream().noneMatch(f -> f.severity().atLeast(Severity.WARNING)) ? 0 : 1;
        }
    }

    private void report(FixRun run) throws IOException {
        switch (format) {
            case TEXT -> FixTextReport.write(run, streams.out());
            case JSON -> FixJsonReport.write(run, streams.out());
        }
    }

    private Path target() {
        return inPlace ? file : output;
    }

    private void check() throws IOException {
        if (diff && format == Format.JSON) {
            throw new UsageException("--diff prints ONNX's textual syntax; -f json goes with --dry-run");
        }
        proof.check();
        if (runs < 1) {
            throw new UsageException("--runs must be 1 or more; --no-verify runs nothing");
        }
        if (diff || dryRun) {
            return;
        }
        if (inPlace == (output != null)) {
            throw new UsageException("give either -o FIXED or --in-place, or look first with --dry-run or --diff");
        }
        if (output != null) {
            ModelFile.checkOutput(file, output, "--in-place replaces it");
        }
    }

    private Calibration readRanges(Model model) {
        Calibration ranges;
        try {
            ranges = CalibrationReader.read(calibration);
        } catch (IOException e) {
            throw new UsageException("--calibration " + calibration + ": " + Failures.describe(e));
        }
        List<String> unknown = ranges.unknownTo(model.graph());
        int all = ranges.magnitudes().size();
        if (unknown.size() == all) {
            throw new UsageException("--calibration " + calibration + ": the file names no tensor of the model, but "
                    + Amounts.names(unknown, NAMES) + "; give a calibration file made for this ONNX file");
        }
        if (!unknown.isEmpty()) {
            streams.report(calibration + ": " + unknown.size() + " of " + Amounts.count(all, "tensor")
                    + " of the calibration file are not in the model: " + Amounts.names(unknown, NAMES));
        }
        return ranges;
    }

    private void print(Fix fix) throws IOException {
        List<String> lines = new ArrayList<>(
                LineDiff.of(OnnxTextWriter.lines(fix.before(), SHOWN), OnnxTextWriter.lines(fix.after(), SHOWN), 2));
        if (!lines.isEmpty()) {
            lines.add(0, "--- " + file);
            lines.add(1, "+++ " + (output == null ? file : output));
            String text = lines.stream().map(Printable::line).collect(Collectors.joining("\n", "", "\n"));
            streams.out().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean write(Repair repair) throws IOException {
        Fix fix = repair.fix();
        if (inPlace && !fix.changed()) {
            return true;
        }
        for (String missing : ExternalFiles.transfer(fix.before(), target(), external)) {
            streams.report("external data '" + missing + "' is missing and was not copied");
        }
        return repair.write(target());
    }
}
