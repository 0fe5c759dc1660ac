package io.qdqlint.tune;

import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches the layers that are faster in floating point. First the rows that every model has are built, then what their layers'
 * times promise, as long as it gets faster and builds and time are left.
 */
public final class Tuner {

    /** A choice whose forecast is slower than the best by more than this share is not built. */
    private static final double HOPELESS = 0.05;

    private final Workshop workshop;
    private final Limits limits;
    private final Set<String> choosable;
    private final List<Trial> trials = new ArrayList<>();
    private final Set<Set<String>> tried = new HashSet<>();

    /**
     * How much may be built.
     *
     * @param builds engines, the first rows included
     * @param rounds how often the fastest are timed in all
     */
    public record Limits(int builds, int rounds) {}

    /** Makes, builds and times models. */
    public interface Workshop {
        /** The rows that are built first, in order. */
        List<Trial> firstRows();

        /** Microseconds of the kernels that dequantize, as they are forecast of the row's model. */
        double dequantizing(Trial plan);

        /** Builds what {@code plan} says. Failures are part of the trial. */
        Trial build(Trial plan) throws IOException, InterruptedException;

        /** Builds it once more, from the timings that are known, and adds its time. */
        Trial again(Trial trial) throws IOException, InterruptedException;

        /** Whether there is time for one more; what it does is as long as what was built so far. */
        boolean hasTime();

        /** Receives the builds so far, and the fastest of them. */
        void progress(List<Trial> trials, Optional<Trial> best) throws IOException;
    }

    /** @param choosable names of the layers that can be left in floating point */
    public Tuner(Workshop workshop, Limits limits, Set<String> choosable) {
        this.workshop = workshop;
        this.limits = limits;
        this.choosable = choosable;
    }

    /**
     * Builds and times.
     *
     * @return all that was built, in order
     */
    public Tuning run() throws IOException, InterruptedException {
        for (Trial row : workshop.firstRows()) {
            if (more()) {
                build(row);
            }
        }
        Optional<Trial> quantized =
                fastest(t -> t.name().equals(Rows.EXPORTED) || t.name().equals(Rows.FIXED));
        Optional<Trial> without = fastest(t -> t.name().equals(Rows.FP16));
        if (quantized.isPresent() && without.isPresent() && timed(quantized.get()) && timed(without.get())) {
            search(quantized.get(), without.get());
        }
        repeat();
        return new Tuning(List.copyOf(trials), new Noise(trials));
    }

    private void search(Trial start, Trial without) throws IOException, InterruptedException {
        LayerCosts costs = new LayerCosts(start.engine(), without.engine(), choosable);
        double scale = start.time() / start.engine().totalMicros();
        double nothing = costs.of(Set.of()).micros();
        tried.add(Set.of());
        tried.add(choosable);
        while (more()) {
            double best = best().orElseThrow().time();
            double base = nothing;
            Optional<LayerCosts.Choice> next = proposals(costs).stream()
                    .map(c -> worthwhile(c, costs, start))
                    .filter(c -> !tried.contains(c.floats()))
                    .filter(c -> start.time() + (c.micros() - base) * scale < best * (1 + HOPELESS))
                    .findFirst();
            if (next.isEmpty()) {
                return;
            }
            Set<String> floats = next.get().floats();
            tried.add(floats);
            double forecast = start.time() + (next.get().micros() - nothing) * scale;
            Trial built = build(Rows.tuned(trials, floats, start, forecast));
            if (timed(built)) {
                costs.learn(built.engine(), floats);
                nothing = costs.of(Set.of()).micros();
            }
        }
    }

    /**
     * A choice without the regions that gain less than what is forecast of kernels that dequantize for them: where a tensor has
     * readers of both kinds, such a kernel stands, which no profile has shown yet.
     */
    private LayerCosts.Choice worthwhile(LayerCosts.Choice choice, LayerCosts costs, Trial start) {
        Set<String> left = new TreeSet<>(choice.floats());
        for (Set<String> region : costs.regions(choice.floats())) {
            Set<String> rest = new TreeSet<>(left);
            rest.removeAll(region);
            double more = workshop.dequantizing(Rows.tuned(trials, left, start, Double.NaN))
                    - workshop.dequantizing(Rows.tuned(trials, rest, start, Double.NaN));
            if (more > costs.of(rest).micros() - costs.of(left).micros()) {
                left = rest;
            }
        }
        return left.size() == choice.floats().size() ? choice : costs.of(left);
    }

    /** What to build next, the most promising first. */
    private List<LayerCosts.Choice> proposals(LayerCosts costs) {
        List<LayerCosts.Choice> out = new ArrayList<>();
        LayerCosts.Choice cheapest = costs.best();
        out.add(cheapest);
        // What TensorRT itself left in floating point, where it was free to choose.
        trials.stream()
                .filter(t -> t.name().equals(Rows.IMPLICIT) && t.engine() != null)
                .findFirst()
                .map(t -> costs.of(leftByTensorRt(t)))
                .ifPresent(out::add);
        out.add(costs.of(strongest(costs, cheapest)));
        return out;
    }

    private Set<String> leftByTensorRt(Trial implicit) {
        Set<String> out = new TreeSet<>();
        for (EngineLayer layer : implicit.engine().engine().layers()) {
            boolean weighted = layer.kind() == LayerKind.CONVOLUTION || layer.kind() == LayerKind.GEMM;
            if (!weighted || !layer.precision().isQuantized()) {
                layer.computeNodes().stream().filter(choosable::contains).forEach(out::add);
            }
        }
        return out;
    }

    /** The regions of a choice that promise half of its gain. */
    private static Set<String> strongest(LayerCosts costs, LayerCosts.Choice choice) {
        record Region(Set<String> floats, double gain) {}
        List<Region> regions = new ArrayList<>();
        for (Set<String> region : costs.regions(choice.floats())) {
            Set<String> rest = new TreeSet<>(choice.floats());
            rest.removeAll(region);
            regions.add(new Region(region, costs.of(rest).micros() - choice.micros()));
        }
        regions.sort(Comparator.comparingDouble(r -> -r.gain()));
        double all = regions.stream().mapToDouble(Region::gain).sum();
        Set<String> out = new TreeSet<>();
        double sum = 0;
        for (Region region : regions) {
            if (sum < all / 2) {
                out.addAll(region.floats());
                sum += region.gain();
            }
        }
        return out;
    }

    /** Times the fastest rows again, in turn, so that a disturbance affects all of them. */
    private void repeat() throws IOException, InterruptedException {
        double best = best().map(Trial::time).orElse(Double.NaN);
        List<Integer> near = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            if (trials.get(i).time() < best * (1 + HOPELESS)) {
                near.add(i);
            }
        }
        near.sort(Comparator.comparingDouble(i -> trials.get(i).time()));
        for (int round = 1; round < limits.rounds(); round++) {
            for (int i : near.subList(0, Math.min(near.size(), 3))) {
                if (workshop.hasTime() && trials.get(i).millis().size() <= round) {
                    trials.set(i, workshop.again(trials.get(i)));
                    workshop.progress(trials, best());
                }
            }
        }
    }

    private Trial build(Trial plan) throws IOException, InterruptedException {
        Trial built = workshop.build(plan);
        trials.add(built);
        workshop.progress(trials, best());
        return built;
    }

    private boolean more() {
        return trials.size() < limits.builds() && workshop.hasTime();
    }

    private Optional<Trial> best() {
        return fastest(Trial::writable);
    }

    private Optional<Trial> fastest(java.util.function.Predicate<Trial> which) {
        return trials.stream().filter(Trial::built).filter(which).min(Comparator.comparingDouble(Trial::time));
    }

    private static boolean timed(Trial trial) {
        return trial.engine() != null && trial.engine().isTimed();
    }
}
