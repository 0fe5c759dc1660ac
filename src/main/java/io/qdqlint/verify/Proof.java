package io.qdqlint.verify;

import ai.onnxruntime.OrtException;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.GraphEditor;
import io.qdqlint.fix.Step;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs a model before and after its fix in ONNX Runtime, and compares the outputs with the claims of the fix. */
public final class Proof {
    /**
     * How a model is run.
     *
     * @param inputs .npy files by input name; the other inputs are random
     * @param minSqnr the SQNR in dB that outputs need after rewrites that change numerics
     */
    public record Settings(long seed, int runs, Map<String, Path> inputs, double minSqnr) {
        /** Quantization to 4 bits gives a higher SQNR, a network that computes something else a lower one. */
        public static final double MIN_SQNR = 15;

        /** Three random inputs. */
        public static final Settings DEFAULT = new Settings(1, 3, Map.of(), MIN_SQNR);

        /** With the default floor. */
        public Settings(long seed, int runs, Map<String, Path> inputs) {
            this(seed, runs, inputs, MIN_SQNR);
        }
    }

    private final Fix fix;
    private final Settings settings;
    private final Path folder;
    private final Floors floors;
    private final Outputs outputs;

    private Proof(Fix fix, Settings settings, Path folder) {
        this.fix = fix;
        this.settings = settings;
        this.folder = folder;
        floors = Floors.of(fix, settings.minSqnr());
        outputs = new Outputs(fix.before().graph());
    }

    /**
     * Verifies a fix whose model is written.
     *
     * @param fixed the written model; external data lies beside it
     * @throws IOException if a file can't be read or written; what ONNX Runtime says is part of the verdict
     */
    public static Verdict prove(Fix fix, Path fixed, Settings settings) throws IOException {
        Path folder = fixed.toAbsolutePath().getParent();
        Optional<String> missing = RunnableModel.missing(
                fix.before().graph(), fix.before().file().toAbsolutePath().getParent(), folder);
        if (missing.isPresent()) {
            return Verdict.notVerified("weights are missing: " + missing.get());
        }
        return new Proof(fix, settings, folder).run(fixed);
    }

    private Verdict run(Path fixed) throws IOException {
        InputMaker maker = new InputMaker(fix.before().graph(), settings.inputs());
        Optional<String> obstacle = maker.obstacle();
        if (obstacle.isPresent()) {
            return Verdict.notVerified(obstacle.get());
        }
        List<Map<String, Feed>> feeds = new ArrayList<>();
        for (int i = 0; i < (maker.allGiven() ? 1 : settings.runs()); i++) {
            feeds.add(maker.make(settings.seed() + i));
        }
        List<Map<String, Feed>> before;
        try (RunnableModel original = original();
                OrtModel model = new OrtModel(original.path())) {
            before = run(model, feeds);
        } catch (OrtException e) {
            return Verdict.notVerified("ONNX Runtime does not run the original: " + e.getMessage());
        }
        try {
            List<Drift> drifts;
            try (RunnableModel copy = isText(fixed) ? written(fix.after()) : RunnableModel.at(fixed);
                    OrtModel model = new OrtModel(copy.path())) {
                drifts = drifts(before, run(model, feeds), floors.outputs());
            }
            List<Drift> exact = fix.exact() == fix.before() ? List.of() : exact(before, feeds);
            return inside(exact, drifts, feeds, maker.clipped(feeds.get(0)));
        } catch (OrtException e) {
            return Verdict.failed("ONNX Runtime runs the original but not the fixed model: " + e.getMessage());
        }
    }

    private List<Drift> exact(List<Map<String, Feed>> before, List<Map<String, Feed>> feeds)
            throws IOException, OrtException {
        try (RunnableModel copy = written(fix.exact());
                OrtModel model = new OrtModel(copy.path())) {
            return drifts(before, run(model, feeds), floors.exact());
        }
    }

    /** Compares the tensors inside of the models, and judges. */
    private Verdict inside(
            List<Drift> exact, List<Drift> all, List<Map<String, Feed>> feeds, Map<String, Double> clipped)
            throws IOException, OrtException {
        List<String> notes = new ArrayList<>();
        List<Drift> drifts = new ArrayList<>(all);
        Set<String> names = outputs.names();
        all.forEach(d -> names.remove(d.output()));
        names.forEach(n -> notes.add("output '" + n + "' is no tensor of numbers and was not compared"));
        Set<String> scores = new LinkedHashSet<>();
        for (Drift d : all) {
            boolean selected = d.broken() && outputs.isSelection(d.output());
            if (selected) {
                drifts.remove(d);
                notes.add(
                        "output '" + d.output() + "' has another shape, which depends on values, and was not compared");
            }
            if (selected || d.means() == Drift.Means.INDICES) {
                scores.addAll(outputs.scores(d.output(), fix.after().graph()));
            }
        }
        Set<String> touched = new LinkedHashSet<>();
        fix.steps().stream().map(Step::touched).forEach(touched::addAll);
        List<Claim> claims = Claim.of(fix.after(), touched);
        List<Value> tensors = new ArrayList<>();
        if (floors.outputs() != Double.POSITIVE_INFINITY) {
            Downstream.of(fix.before(), fix.after()).stream()
                    .filter(v -> !v.isGraphOutput() || scores.contains(v.name()))
                    .forEach(tensors::add);
        }
        List<Held> held = new ArrayList<>();
        List<Drift> insides = new ArrayList<>();
        if (!claims.isEmpty() || !tensors.isEmpty()) {
            Set<String> shown = Probe.tensors(claims, feeds.get(0).keySet());
            tensors.forEach(v -> shown.add(v.name()));
            try (RunnableModel copy = probed(fix.after(), shown);
                    OrtModel after = new OrtModel(copy.path())) {
                held.addAll(Probe.claims(claims, fix.after().graph(), after, feeds));
                Map<String, DriftSum> sums = compare(tensors, after, feeds.get(0));
                sums.forEach((name, sum) -> {
                    Drift d = sum.drift(scores.contains(name) ? floors.outputs() : floors.inside());
                    if (!d.broken() || !outputs.isSelection(name)) {
                        insides.add(d);
                    }
                });
            }
        }
        return new Judge(exact, drifts, insides, held, scores, clipped).verdict(notes, feeds.size());
    }

    private Map<String, DriftSum> compare(List<Value> tensors, OrtModel after, Map<String, Feed> feed)
            throws IOException, OrtException {
        if (tensors.isEmpty()) {
            return Map.of();
        }
        List<String> names = tensors.stream().map(Value::name).toList();
        try (RunnableModel copy = probed(fix.before(), names);
                OrtModel before = new OrtModel(copy.path())) {
            return Probe.compare(tensors, before, after, feed);
        }
    }

    private RunnableModel probed(Model model, Collection<String> tensors) throws IOException {
        return written(GraphEditor.apply(model, Probe.edits(model.graph(), tensors)));
    }

    private List<Map<String, Feed>> run(OrtModel model, List<Map<String, Feed>> feeds) throws OrtException {
        List<Map<String, Feed>> results = new ArrayList<>();
        for (Map<String, Feed> feed : feeds) {
            results.add(model.run(feed, outputs.names()));
        }
        return results;
    }

    private List<Drift> drifts(List<Map<String, Feed>> before, List<Map<String, Feed>> after, double floor) {
        Map<String, DriftSum> sums = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            for (Map.Entry<String, Feed> output : before.get(i).entrySet()) {
                sums.computeIfAbsent(output.getKey(), outputs::sum)
                        .add(output.getValue(), after.get(i).get(output.getKey()));
            }
        }
        return sums.values().stream().map(s -> s.drift(floor)).toList();
    }

    private static boolean isText(Path file) {
        return file.toString().endsWith(".onnxtxt");
    }

    /** Runs the original in its own folder; encodes a text model first. */
    private RunnableModel original() throws IOException {
        return isText(fix.before().file())
                ? written(fix.before())
                : RunnableModel.at(fix.before().file());
    }

    /** The copy is in the folder of the model, as external data is found relative to it. */
    private RunnableModel written(Model model) throws IOException {
        return RunnableModel.of(fix.before(), model, folder);
    }
}
