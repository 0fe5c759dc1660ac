package io.qdqlint.verify;

import ai.onnxruntime.OrtException;
import io.qdqlint.fix.Edit;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.GraphEditor;
import io.qdqlint.fix.Step;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs a model before and after its fix in ONNX Runtime, and holds the outcome against what the fix states. */
public final class Proof {
    /** Tensors fetched at a time: each may be as large as the largest feature map. */
    private static final int PROBES = 16;

    /**
     * How a model is run.
     *
     * @param inputs .npy files by input name; the other inputs are random
     */
    public record Settings(long seed, int runs, Map<String, Path> inputs) {
        /** Three random inputs. */
        public static final Settings DEFAULT = new Settings(1, 3, Map.of());
    }

    private final Fix fix;
    private final Settings settings;
    private final Path folder;

    private Proof(Fix fix, Settings settings, Path folder) {
        this.fix = fix;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Verifies a fix whose model is written.
     *
     * @param fixed the written model; external data lies beside it
     * @throws IOException if a file can't be read or written; what ONNX Runtime says is part of the verdict
     */
    public static Verdict prove(Fix fix, Path fixed, Settings settings) throws IOException {
        Path folder = fixed.toAbsolutePath().getParent();
        Optional<String> missing = missing(fix.before().graph(), fix.before().file(), folder);
        if (missing.isPresent()) {
            return Verdict.notVerified("weights are not there: " + missing.get());
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
        for (int i = 0; i < settings.runs(); i++) {
            feeds.add(maker.make(settings.seed() + i));
        }
        List<Map<String, Feed>> before;
        try (Copy original = original();
                OrtModel model = new OrtModel(original.path())) {
            before = run(model, feeds, outputs());
        } catch (OrtException e) {
            return Verdict.notVerified("ONNX Runtime does not take the original: " + e.getMessage());
        }
        try {
            List<Drift> drifts = new ArrayList<>();
            try (Copy copy = isText(fixed) ? written(fix.after()) : new Copy(fixed, false);
                    OrtModel model = new OrtModel(copy.path())) {
                drifts.addAll(drifts(before, run(model, feeds, outputs())));
            }
            List<Drift> exact = fix.exact() == fix.before() ? List.of() : exact(before, feeds);
            return verdict(exact, drifts, claims(feeds));
        } catch (OrtException e) {
            return Verdict.failed("ONNX Runtime takes the original and not the fixed model: " + e.getMessage());
        }
    }

    private Verdict verdict(List<Drift> exact, List<Drift> drifts, List<Held> claims) {
        String reason = "";
        for (Drift d : exact) {
            reason = d.same() ? reason : "exact rewrites change output '" + d.output() + "' by " + d.maxError();
        }
        for (Drift d : drifts) {
            reason = Double.isNaN(d.maxError())
                    ? "output '" + d.output() + "' is not what it was in shape or NaN"
                    : reason;
        }
        for (Held h : claims) {
            reason = h.holds()
                    ? reason
                    : "'" + h.claim().quantized() + "' is " + h.error() + " off, more than the stated "
                            + h.claim().bound();
        }
        Verdict.Outcome outcome = reason.isEmpty() ? Verdict.Outcome.PROVEN : Verdict.Outcome.FAILED;
        return new Verdict(outcome, reason, exact, drifts, claims, settings.runs());
    }

    private List<Drift> exact(List<Map<String, Feed>> before, List<Map<String, Feed>> feeds)
            throws IOException, OrtException {
        try (Copy copy = written(fix.exact());
                OrtModel model = new OrtModel(copy.path())) {
            return drifts(before, run(model, feeds, outputs()));
        }
    }

    private List<Held> claims(List<Map<String, Feed>> feeds) throws IOException, OrtException {
        Set<String> touched = new LinkedHashSet<>();
        fix.steps().stream().map(Step::touched).forEach(touched::addAll);
        List<Claim> claims = Claim.of(fix.after(), touched);
        List<Edit> probes = new ArrayList<>();
        Set<String> own = outputs();
        for (Claim claim : claims) {
            for (String tensor : List.of(claim.original(), claim.quantized())) {
                if (own.add(tensor)) {
                    probes.add(new Edit.AddOutput(tensor));
                }
            }
        }
        List<Held> held = new ArrayList<>();
        if (claims.isEmpty()) {
            return held;
        }
        Model probed = GraphEditor.apply(fix.after(), probes);
        try (Copy copy = written(probed);
                OrtModel model = new OrtModel(copy.path())) {
            for (int from = 0; from < claims.size(); from += PROBES) {
                held.addAll(check(claims.subList(from, Math.min(claims.size(), from + PROBES)), model, feeds));
            }
        }
        return held;
    }

    private static List<Held> check(List<Claim> claims, OrtModel model, List<Map<String, Feed>> feeds)
            throws OrtException {
        Set<String> wanted = new LinkedHashSet<>();
        claims.forEach(c -> wanted.add(c.quantized()));
        Set<String> graphInputs = feeds.get(0).keySet();
        claims.stream()
                .map(Claim::original)
                .filter(n -> !graphInputs.contains(n))
                .forEach(wanted::add);
        Map<Claim, Held> held = new LinkedHashMap<>();
        for (Map<String, Feed> feed : feeds) {
            Map<String, Feed> values = model.run(feed, wanted);
            for (Claim claim : claims) {
                Feed original = values.getOrDefault(claim.original(), feed.get(claim.original()));
                held.put(claim, Held.check(claim, original, values.get(claim.quantized()), held.get(claim)));
            }
        }
        return List.copyOf(held.values());
    }

    private Set<String> outputs() {
        Set<String> names = new LinkedHashSet<>();
        fix.before().graph().outputs().forEach(v -> names.add(v.name()));
        return names;
    }

    private static List<Map<String, Feed>> run(OrtModel model, List<Map<String, Feed>> feeds, Set<String> outputs)
            throws OrtException {
        List<Map<String, Feed>> results = new ArrayList<>();
        for (Map<String, Feed> feed : feeds) {
            results.add(model.run(feed, outputs));
        }
        return results;
    }

    private static List<Drift> drifts(List<Map<String, Feed>> before, List<Map<String, Feed>> after) {
        Map<String, Drift.Sum> sums = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            for (Map.Entry<String, Feed> output : before.get(i).entrySet()) {
                sums.computeIfAbsent(output.getKey(), Drift.Sum::new)
                        .add(output.getValue(), after.get(i).get(output.getKey()));
            }
        }
        return sums.values().stream().map(Drift.Sum::drift).toList();
    }

    /** A model file that is there for as long as it is run. */
    private record Copy(Path path, boolean temporary) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (temporary) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static boolean isText(Path file) {
        return file.toString().endsWith(".onnxtxt");
    }

    /** The original is run from where it lies; a text model is encoded first. */
    private Copy original() throws IOException {
        return isText(fix.before().file())
                ? written(fix.before())
                : new Copy(fix.before().file(), false);
    }

    /** External data is found relative to the model, so the copy lies beside it. */
    private Copy written(Model model) throws IOException {
        Path path = Files.createTempFile(folder, ".qdqlint", ".onnx");
        path.toFile().deleteOnExit();
        OnnxWriter.write(fix.before(), model, path);
        return new Copy(path, true);
    }

    /** The first tensor whose elements are nowhere. */
    private static Optional<String> missing(Graph graph, Path model, Path folder) {
        Path own = model.toAbsolutePath().getParent();
        for (Tensor t : graph.tensors()) {
            if (t.storage() instanceof Storage.Absent && t.elements() > 0) {
                return Optional.of("'" + t.name() + "' has no elements");
            }
            if (t.storage() instanceof Storage.External e
                    && !(Files.exists(folder.resolve(e.location())) && Files.exists(own.resolve(e.location())))) {
                return Optional.of(e.location() + " does not exist");
            }
        }
        return Optional.empty();
    }
}
