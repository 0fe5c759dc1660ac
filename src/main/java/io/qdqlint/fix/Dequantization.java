package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Removes the quantization of a model: the network without Q/DQ, with weights of the values that the codes stood for. */
public final class Dequantization {
    private static final String WHO = "dequantization";

    private Dequantization() {}

    /**
     * Dequantizes one model. Q/DQ that it cannot remove stay, and are among the refusals.
     *
     * @param lint which quantizers of a model clip, some of which stand for its activation functions
     * @param weights of the model's file; stay open until the result is written
     */
    public static Fix of(Model model, Function<Model, Proposal> lint, Weights weights) {
        return new Fixer(m -> lint.apply(m).with(rewrites(m)), FixOptions.UNSAFE, weights).fix(model);
    }

    /** Whether the model has a QuantizeLinear or DequantizeLinear. */
    public static boolean isQuantized(Model model) {
        return isQuantized(model.graph());
    }

    private static boolean isQuantized(Graph graph) {
        return graph.nodes().stream().anyMatch(n -> Quantizer.isQuantize(n) || Quantizer.isDequantize(n))
                || graph.subgraphs().stream().anyMatch(Dequantization::isQuantized);
    }

    private static List<Rewrite> rewrites(Model model) {
        List<Rewrite> out = new ArrayList<>();
        collect(model.graph(), out);
        return out;
    }

    private static void collect(Graph graph, List<Rewrite> into) {
        for (Node node : graph.nodes()) {
            Value codes = Quantizer.isDequantize(node) ? node.input(0) : null;
            if (codes == null) {
                continue;
            }
            if (codes.producer() != null && Quantizer.isQuantize(codes.producer())) {
                into.add(new RemovePair(WHO, node, codes.producer(), node, Exactness.CHANGES_NUMERICS));
            } else {
                into.add(new FoldConstant(WHO, node, node));
            }
        }
        graph.subgraphs().forEach(body -> collect(body, into));
    }
}
