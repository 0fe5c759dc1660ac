package io.qdqlint.lint;

import io.qdqlint.concept.Build.Blocker;
import io.qdqlint.concept.Fusion.LostFusion;
import io.qdqlint.concept.Gains.Int8Gain;
import io.qdqlint.concept.Gains.Weighted;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.concept.Layout.SplitStem;
import io.qdqlint.concept.Partition.LayerPart;
import io.qdqlint.concept.Precision.RunsIn;
import io.qdqlint.fact.Costs;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rules.run.Result;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sums up the derived facts, for a comparison of two forecasts. */
final class Judge {
    private Judge() {}

    static Judgement of(Result result) {
        Costs costs = result.all(Costs.class).get(0);
        List<StandAlone> kernels = result.all(StandAlone.class);
        Set<LostFusion> fusions = new HashSet<>(result.all(LostFusion.class));
        double micros = 0;
        int floats = 0;
        for (StandAlone k : kernels) {
            micros += k.cost().micros();
        }
        for (LostFusion f : fusions) {
            micros += f.cost().micros();
        }
        Map<Node, Value> pointwise = pointwise(result);
        for (Value out : pointwise.values()) {
            micros += costs.pass(out).micros();
        }
        Set<Node> lowered = new HashSet<>();
        for (RunsIn layer : result.all(RunsIn.class)) {
            if (!layer.precision().equals("float")) {
                lowered.add(layer.node());
            }
        }
        Map<Node, Double> gains =
                result.all(Int8Gain.class).stream().collect(Collectors.toMap(Int8Gain::node, Int8Gain::micros));
        for (Weighted layer : result.all(Weighted.class)) {
            if (!lowered.contains(layer.node())) {
                Double gain = gains.get(layer.node());
                micros += gain == null ? 0 : gain;
                floats += gain == null ? 1 : 0;
            }
        }
        for (SplitStem stem : result.all(SplitStem.class)) {
            micros += stem.cost().micros();
        }
        long blockers =
                result.all(Blocker.class).stream().map(Blocker::node).distinct().count();
        return new Judgement(
                Math.toIntExact(blockers), kernels.size(), pointwise.size(), fusions.size(), floats, micros);
    }

    /** The pointwise layers, with what they compute. */
    private static Map<Node, Value> pointwise(Result result) {
        Map<Node, Value> ends = new HashMap<>();
        for (LayerPart part : result.all(LayerPart.class)) {
            if (part.kind().equals("pointwise")) {
                ends.put(part.layer(), part.layer().output(0));
            }
        }
        return ends;
    }
}
