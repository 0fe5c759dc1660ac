package io.qdqlint.tune;

import io.qdqlint.fix.Fix;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.ExternalFiles;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.run.BuildMode;
import io.qdqlint.trt.run.MachineException;
import io.qdqlint.trt.run.ModelFiles;
import io.qdqlint.trt.run.Trtexec;
import io.qdqlint.trt.run.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Builds where TensorRT runs, and keeps the journal. */
public final class MachineWorkshop implements Tuner.Workshop {
    private final Job job;
    private final Variants variants;
    private final Trtexec trtexec;
    private final Journal journal;
    private final long start = System.nanoTime();
    private double longest;
    private String best = "";

    /**
     * The model to build, the options of the builds, and where to report.
     *
     * @param mode the precisions of a model with Q/DQ
     * @param extra the user's own options for trtexec
     * @param timeout of one build
     * @param limit of all together
     * @param report takes a line for the user
     * @param watcher makes, for a row's name, what takes trtexec's lines
     */
    public record Job(
            Model model,
            BuildMode mode,
            List<String> extra,
            Duration timeout,
            Duration limit,
            Consumer<String> report,
            Function<String, Consumer<String>> watcher) {}

    public MachineWorkshop(Job job, Variants variants, Trtexec trtexec, Journal journal) {
        this.job = job;
        this.variants = variants;
        this.trtexec = trtexec.caching(journal.cache());
        this.journal = journal;
    }

    @Override
    public List<Trial> firstRows() {
        List<Trial> rows = new ArrayList<>();
        boolean weak = !trtexec.version().atLeast(11, 0) && job.mode() != BuildMode.STRONGLY_TYPED;
        if (variants.hasFloating()) {
            // First, as it has the fewest kernels to time: there is something to write soon.
            rows.add(Rows.planned(Rows.FP16, weak ? BuildMode.FP16 : BuildMode.STRONGLY_TYPED, Set.of(), Double.NaN));
        } else {
            job.report().accept("Q/DQ cannot be removed: no FP16, no implicit INT8, and no layers to choose");
        }
        if (variants.fixed().changed()) {
            rows.add(Rows.planned(Rows.FIXED, job.mode(), Set.of(), Double.NaN));
        } else {
            job.report().accept("'fix --unsafe' changes nothing, so it has no row");
        }
        rows.add(Rows.planned(Rows.EXPORTED, job.mode(), Set.of(), Double.NaN));
        if (variants.hasFloating() && weak) {
            rows.add(Rows.planned(Rows.IMPLICIT, BuildMode.INT8, Set.of(), Double.NaN));
        }
        return rows;
    }

    @Override
    public double dequantizing(Trial plan) {
        return variants.dequantizing(plan);
    }

    @Override
    public Trial build(Trial plan) throws IOException, InterruptedException {
        Trial known = journal.known(plan);
        if (known != null) {
            job.report().accept(plan.name() + ": from the journal");
            return known;
        }
        long began = System.nanoTime();
        Trial built = timed(plan, journal.folder(plan.name()));
        double seconds = seconds(began);
        longest = Math.max(longest, seconds);
        return new Trial(
                plan.name(),
                plan.mode(),
                plan.writable(),
                plan.floats(),
                built.millis(),
                built.engine(),
                built.failure(),
                seconds,
                plan.forecast());
    }

    @Override
    public Trial again(Trial trial) throws IOException, InterruptedException {
        Trial once = timed(trial, null);
        return once.built() ? trial.again(once.time()) : trial;
    }

    private Trial timed(Trial plan, Path keep) throws IOException, InterruptedException {
        try (Workspace workspace = new Workspace(null)) {
            Fix fix = variants.of(plan);
            Path file = workspace.folder().resolve("model.onnx");
            OnnxWriter.write(fix.before(), fix.after(), file);
            ModelFiles files = new ModelFiles(file, ModelFiles.of(fix.after()).external());
            Trtexec.Outcome outcome = trtexec.build(
                    plan.name(),
                    files,
                    plan.mode(),
                    job.extra(),
                    timeout(),
                    keep,
                    job.watcher().apply(plan.name()));
            return outcome.engine()
                    .map(e -> with(
                            plan,
                            e.medianGpuMs().stream().boxed().toList(),
                            e,
                            e.medianGpuMs().isPresent() ? "" : "TensorRT returned no time"))
                    .orElseGet(() -> with(plan, List.of(), null, reason(outcome.log())));
        } catch (MachineException e) {
            // Whether it is the place or this model that is to blame. A place that has gone ends it all.
            trtexec.probe();
            return with(plan, List.of(), null, e.getMessage());
        }
    }

    private static Trial with(Trial plan, List<Double> millis, MeasuredEngine engine, String failure) {
        return new Trial(
                plan.name(), plan.mode(), plan.writable(), plan.floats(), millis, engine, failure, 0, plan.forecast());
    }

    private static String reason(BuildLog log) {
        return "TensorRT does not build it: "
                + log.errors().get(0).text().lines().findFirst().orElse("");
    }

    /** The first row is built whatever time it takes: without one there is nothing to write. */
    private Duration timeout() {
        Duration left = job.limit().minus(Duration.ofNanos(System.nanoTime() - start));
        return best.isEmpty() || left.compareTo(job.timeout()) > 0 ? job.timeout() : left.plusSeconds(1);
    }

    @Override
    public boolean hasTime() {
        return best.isEmpty() || seconds(start) + longest / 2 < job.limit().toSeconds();
    }

    @Override
    public void progress(List<Trial> trials, Optional<Trial> fastest) throws IOException {
        journal.write(trials);
        Trial last = trials.get(trials.size() - 1);
        job.report()
                .accept(String.format(
                        Locale.ROOT,
                        "%s: %s; best so far: %s (%d built, %.0f s)",
                        last.name(),
                        last.built() ? String.format(Locale.ROOT, "%.4f ms", last.time()) : last.failure(),
                        fastest.map(t -> String.format(Locale.ROOT, "%.4f ms, %s", t.time(), t.name()))
                                .orElse("none"),
                        trials.size(),
                        seconds(start)));
        if (fastest.isPresent() && !fastest.get().name().equals(best)) {
            best = fastest.get().name();
            Fix fix = variants.of(fastest.get());
            Path file = journal.folder().resolve("best.onnx");
            ExternalFiles.transfer(fix.before(), file, ExternalFiles.Transfer.LINK);
            OnnxWriter.write(fix.before(), fix.after(), file);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
