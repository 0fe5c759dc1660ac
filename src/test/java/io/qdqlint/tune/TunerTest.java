package io.qdqlint.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineProfile;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.run.BuildMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three convolutions in a row; what each takes is given, and a kernel that quantizes takes 3 µs. */
class TunerTest {
    private static final Set<String> ALL = Set.of("a", "b", "c");
    private static final Map<String, Double> INT8 = Map.of("a", 30.0, "b", 20.0, "c", 20.0);
    private static final Map<String, Double> FP16 = Map.of("a", 20.0, "b", 40.0, "c", 40.0);

    private static MeasuredEngine engine(Set<String> floats) {
        List<EngineLayer> layers = new ArrayList<>();
        List<EngineProfile.Row> rows = new ArrayList<>();
        Precision before = Precision.FP16;
        String tensor = "x";
        for (String node : List.of("a", "b", "c")) {
            Precision own = floats.contains(node) ? Precision.FP16 : Precision.INT8;
            if (own == Precision.INT8 && before == Precision.FP16) {
                String quantized = tensor + "q";
                add(layers, rows, node + "_QuantizeLinear", before, own, tensor, quantized, 3.0);
                tensor = quantized;
            }
            double micros = (own == Precision.INT8 ? INT8 : FP16).get(node);
            add(layers, rows, node, own, own, tensor, node + "_out", micros);
            tensor = node + "_out";
            before = own;
        }
        return new MeasuredEngine(
                new Engine("e", true, List.copyOf(layers), List.of("x")), new EngineProfile(1, rows), null);
    }

    private static void add(
            List<EngineLayer> layers,
            List<EngineProfile.Row> rows,
            String node,
            Precision in,
            Precision out,
            String from,
            String to,
            double micros) {
        String type = node.endsWith("QuantizeLinear") ? "Reformat" : "CaskConvolution";
        layers.add(new EngineLayer(
                node, type, "", List.of(tensor(from, in)), List.of(tensor(to, out)), List.of(node), ""));
        rows.add(new EngineProfile.Row(node, micros / 1000, micros / 1000));
    }

    private static EngineTensor tensor(String name, Precision precision) {
        return new EngineTensor(name, precision, "", List.of(1L, 8L, 4L, 4L));
    }

    /** A workshop that builds what the table above says. */
    private static class Bench implements Tuner.Workshop {
        private final List<String> built = new ArrayList<>();
        private final Map<String, Double> slower = new HashMap<>();
        private int builds = Integer.MAX_VALUE;
        private double dequantizing;

        @Override
        public List<Trial> firstRows() {
            return List.of(
                    Rows.planned(Rows.FIXED, BuildMode.INT8, Set.of(), Double.NaN),
                    Rows.planned(Rows.EXPORTED, BuildMode.INT8, Set.of(), Double.NaN),
                    Rows.planned(Rows.FP16, BuildMode.FP16, Set.of(), Double.NaN));
        }

        @Override
        public double dequantizing(Trial plan) {
            return plan.floats().contains("a") ? dequantizing : 0;
        }

        @Override
        public Trial build(Trial plan) {
            built.add(plan.name());
            double factor = slower.getOrDefault(plan.name(), plan.name().equals(Rows.EXPORTED) ? 1.5 : 1.0);
            if (factor == 0) {
                return new Trial(
                        plan.name(), plan.mode(), true, plan.floats(), List.of(), null, "fails", 1, plan.forecast());
            }
            MeasuredEngine engine = engine(plan.name().equals(Rows.FP16) ? ALL : plan.floats());
            double millis = engine.totalMicros() / 1000 * factor;
            return new Trial(
                    plan.name(), plan.mode(), true, plan.floats(), List.of(millis), engine, "", 1, plan.forecast());
        }

        @Override
        public Trial again(Trial trial) {
            return trial.again(trial.millis().get(0) * (trial.millis().size() == 1 ? 1.004 : 0.996));
        }

        @Override
        public boolean hasTime() {
            return built.size() < builds;
        }

        @Override
        public void progress(List<Trial> trials, Optional<Trial> best) {
            assertTrue(best.isPresent() || trials.stream().noneMatch(Trial::built));
        }
    }

    private static Tuning tune(Bench bench, int builds) throws Exception {
        return new Tuner(bench, new Tuner.Limits(builds, 3), ALL).run();
    }

    @Test
    void leavesTheLayerThatIsFasterInFloatingPoint() throws Exception {
        Tuning tuning = tune(new Bench(), 8);
        Trial result = tuning.result().orElseThrow();
        assertEquals(Set.of("a"), result.floats());
        assertEquals(0.063, result.time(), 0.0005);
        assertEquals(0.063, result.forecast(), 0.002);
    }

    @Test
    void aLayerThatGainsLessThanTheForecastKernelTakesIsNotTried() throws Exception {
        Bench bench = new Bench();
        bench.dequantizing = 20;
        assertEquals(List.of(Rows.FIXED, Rows.EXPORTED, Rows.FP16), names(tune(bench, 8)));
        bench.dequantizing = 5;
        assertEquals(Set.of("a"), tune(bench, 8).result().orElseThrow().floats());
    }

    private static List<String> names(Tuning tuning) {
        return tuning.trials().stream().map(Trial::name).toList();
    }

    @Test
    void aBuildThatIsSlowerThanForeseenIsNotTheResult() throws Exception {
        Bench bench = new Bench();
        bench.slower.put("tuned 1", 1.3);
        Tuning tuning = tune(bench, 8);
        assertTrue(bench.built.contains("tuned 1"));
        assertEquals(Rows.FIXED, tuning.result().orElseThrow().name());
    }

    @Test
    void aGainWithinTheSpreadDoesNotCount() throws Exception {
        Bench bench = new Bench();
        bench.slower.put("tuned 1", 0.073 / 0.063 * 0.996);
        Tuning tuning = tune(bench, 8);
        Trial tuned = tuning.trials().get(3);
        assertEquals("tuned 1", tuned.name());
        assertTrue(tuned.time() < tuning.trials().get(0).time());
        assertEquals(Rows.FIXED, tuning.result().orElseThrow().name(), "0.4 % is less than the spread");
    }

    @Test
    void aBuildThatFailsDoesNotEndTheSearch() throws Exception {
        Bench bench = new Bench();
        bench.slower.put(Rows.EXPORTED, 0.0);
        Tuning tuning = tune(bench, 8);
        assertFalse(tuning.trials().get(1).built());
        assertEquals(Set.of("a"), tuning.result().orElseThrow().floats());
    }

    @Test
    void buildsNoMoreThanItMay() throws Exception {
        assertEquals(3, tune(new Bench(), 3).trials().size());
        Bench late = new Bench();
        late.builds = 2;
        assertEquals(2, tune(late, 8).trials().size(), "no time is left after two builds");
    }

    @Test
    void whereFp16IsFastestThatIsTheResult() throws Exception {
        Bench bench = new Bench();
        bench.slower.put(Rows.FP16, 0.5);
        assertEquals(Rows.FP16, tune(bench, 8).result().orElseThrow().name());
    }

    @Test
    void theCutWeighsBorders() {
        Cut cut = new Cut(3);
        cut.cost(0, 1, 5);
        cut.cost(1, 3, 2);
        cut.cost(2, 1, 5);
        cut.border(0, 1, 2, 2);
        cut.border(1, 2, 2, 2);
        assertEquals(3, cut.first().cardinality(), "1 saved in the middle does not pay for two borders");
    }
}
