package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.LeaveInFloat;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.QuantizeOutput;
import io.qdqlint.rewrite.QuantizeWeight;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Leaves chosen layers of a quantized model in floating point, and removes Q/DQ that nothing needs any more. */
public final class FloatLayers {
    private static final String WHO = "tune";

    /** The edits that give a layer INT8 data which it does not have in the file. */
    static final Set<Class<? extends Rewrite>> PUT_PAIRS_IN =
            Set.of(QuantizeInput.class, QuantizeOutput.class, QuantizeWeight.class, Together.class);

    private FloatLayers() {}

    /** Names of the layers that read quantized data and a quantized weight, and can be left in floating point. */
    public static Set<String> quantized(Model model) {
        Set<String> out = new TreeSet<>();
        for (Node node : model.graph().nodes()) {
            if (isWeighted(node) && dequantize(node, 0) != null && dequantize(node, 1) != null) {
                out.add(node.name());
            }
        }
        return out;
    }

    /**
     * Leaves layers in floating point, then fixes the nodes around them. It inserts no pair again.
     *
     * @param layers names of nodes
     * @param lint what the rules propose for a model
     * @param weights of the model's file; stay open until the result is written
     */
    public static Fix leave(Model model, Set<String> layers, Function<Model, Proposal> lint, Weights weights) {
        Fix left =
                new Fixer(m -> lint.apply(m).with(rewrites(m.graph(), layers)), FixOptions.UNSAFE, weights).fix(model);
        Fix clean = new Fixer(m -> withoutNewPairs(lint.apply(m)), FixOptions.UNSAFE, weights).fix(left.after());
        return joined(left, clean);
    }

    /** Joins two fixes, one after the other, into one, whose exact part is empty. */
    public static Fix joined(Fix first, Fix second) {
        List<Step> steps = new ArrayList<>(first.steps());
        steps.addAll(second.steps());
        return new Fix(
                first.before(),
                first.before(),
                second.after(),
                List.copyOf(steps),
                first.refusals(),
                first.rounds() + second.rounds(),
                first.settled() && second.settled(),
                second.tried());
    }

    /** The edits that leave the layers in floating point that are still quantized. */
    public static List<Rewrite> rewrites(Graph graph, Set<String> layers) {
        List<Rewrite> out = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Node weight = layers.contains(node.name()) ? dequantize(node, 1) : null;
            Node data = weight == null ? null : dequantize(node, 0);
            if (data != null && Quantizer.of(data).quantize() != null) {
                out.add(new LeaveInFloat(WHO, node, node, Quantizer.of(data).quantize(), weight, null));
            }
        }
        return out;
    }

    private static Proposal withoutNewPairs(Proposal proposal) {
        List<Candidate> candidates =
                proposal.candidates().stream().filter(c -> !putsIn(c.edit())).toList();
        return new Proposal(
                proposal.rewrites().stream().filter(r -> !putsIn(r)).toList(),
                proposal.clippings(),
                proposal.judgement(),
                candidates,
                proposal.kernels());
    }

    private static boolean putsIn(Rewrite rewrite) {
        return PUT_PAIRS_IN.contains(rewrite.getClass());
    }

    private static boolean isWeighted(Node node) {
        return switch (node.opType()) {
            case "Conv", "ConvTranspose", "Gemm", "MatMul" -> true;
            default -> false;
        };
    }

    private static Node dequantize(Node node, int slot) {
        Value value = node.input(slot);
        return value != null && value.producer() != null && Quantizer.isDequantize(value.producer())
                ? value.producer()
                : null;
    }
}
