package io.qdqlint.constraints;

import io.qdqlint.concept.Groups.Cancels;
import io.qdqlint.concept.Groups.MeetingQs;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.fix.Calibration;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Refusal;
import io.qdqlint.fix.Step;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Bypass;
import io.qdqlint.rewrite.DequantizeFirst;
import io.qdqlint.rewrite.FoldClip;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.GemmAsConv;
import io.qdqlint.rewrite.LeaveInFloat;
import io.qdqlint.rewrite.MakeSymmetric;
import io.qdqlint.rewrite.MatchZeroPoint;
import io.qdqlint.rewrite.MovePair;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.QuantizeOutput;
import io.qdqlint.rewrite.QuantizeWeight;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.RepairScale;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.SetAxis;
import io.qdqlint.rewrite.SetWindow;
import io.qdqlint.rewrite.Together;
import io.qdqlint.rewrite.UnifyScales;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the constraints: it fixes the model in memory and reads the edits. */
public final class ConstraintFinder {
    /** No ratio of scales is too large, as training adapts to the scales. */
    public static final Tolerance TOLERANCE = new Tolerance(Double.POSITIVE_INFINITY);

    private final Model model;
    private final SharedScales scales = new SharedScales();
    private final List<Constraints.Disabled> disabled = new ArrayList<>();
    private final List<NewPair> pairs = new ArrayList<>();
    private Model fixed;

    /**
     * A pair that a fix inserts.
     *
     * @param slot the input of the node that it is at; -1 for the node's output
     * @param like the quantizer that it takes its scale from; null where it has its own
     */
    private record NewPair(String rule, Node node, int slot, Value tensor, Node like) {}

    private ConstraintFinder(Model model) {
        this.model = model;
    }

    /**
     * What the model's quantizers have to obey. All that the rules propose is taken; of candidates, as in {@code fix}, those that make
     * the forecast better.
     *
     * @param derive gives what the rules derive for a model where {@link #TOLERANCE} is what may be lost
     * @param propose gives candidates and forecast of a model under the same tolerance
     */
    public static Constraints find(Model model, Function<Model, List<?>> derive, Function<Model, Proposal> propose)
            throws IOException {
        // Training finds a range for whatever is quantized.
        FixOptions options = new FixOptions(true, TOLERANCE, Calibration.ANY, FixOptions.DEFAULT_ROUNDS);
        ConstraintFinder finder = new ConstraintFinder(model);
        Training training = finder.new Training();
        try (Weights weights = new Weights(model.file())) {
            Fix rules = new Fixer(
                            m -> Proposal.unjudged(
                                    all(Rewrite.class, derive.apply(m)).toList()),
                            options,
                            weights)
                    .fix(model);
            rules.steps().stream().map(Step::rewrite).forEach(r -> r.accept(training));
            rules.refusals().stream().map(Refusal::rewrite).forEach(r -> r.accept(training));
            Fix candidates = new Fixer(propose, options, weights).fix(rules.after());
            candidates.steps().stream().map(Step::rewrite).forEach(r -> r.accept(training));
            finder.fixed = candidates.after();
            finder.keepTogether(derive.apply(candidates.after()));
        }
        return finder.constraints();
    }

    /** The same of what the rules propose alone. */
    public static Constraints find(Model model, Function<Model, List<?>> derive) throws IOException {
        return find(model, derive, m -> Proposal.unjudged(List.of()));
    }

    private static <T> Stream<T> all(Class<T> type, List<?> derived) {
        return derived.stream().filter(type::isInstance).map(type::cast);
    }

    /** Scales that merely happen to be equal have to stay so. */
    private void keepTogether(List<?> derived) {
        all(MeetingQs.class, derived)
                .forEach(n ->
                        scales.share(List.of(n.quantizer().node(), n.other().node()), Set.of()));
        all(Cancels.class, derived)
                .forEach(c -> scales.share(List.of(c.front().node(), c.behind().node()), Set.of()));
    }

    /** The constraint that each kind of edit stands for. */
    private final class Training implements Rewrite.Visitor {
        @Override
        public void visit(UnifyScales r) {
            scales.share(r.members(), Set.of(r.rule()));
        }

        @Override
        public void visit(RemovePair r) {
            disable(r.rule(), r.quantize());
        }

        @Override
        public void visit(LeaveInFloat r) {
            if (disable(r.rule(), r.data())) {
                disabled.add(new Constraints.Disabled(r.rule(), QuantizerNames.describeWeight(r.layer(), r.weight())));
            }
        }

        @Override
        public void visit(MovePair r) {
            if (disable(r.rule(), r.quantize())) {
                pairs.add(new NewPair(r.rule(), r.past(), -1, r.past().output(0), null));
            }
        }

        @Override
        public void visit(QuantizeInput r) {
            if (r.node().input(r.slot()) != null) {
                pairs.add(new NewPair(r.rule(), r.node(), r.slot(), r.node().input(r.slot()), r.like()));
            }
        }

        @Override
        public void visit(Together r) {
            r.parts().forEach(part -> part.accept(this));
        }

        @Override
        public void visit(QuantizeOutput r) {
            pairs.add(new NewPair(r.rule(), r.node(), -1, r.node().output(0), r.like()));
        }

        private boolean disable(String rule, Node quantize) {
            Node original = original(quantize);
            if (original != null) {
                disabled.add(new Constraints.Disabled(rule, QuantizerNames.describe(original)));
            }
            return original != null;
        }

        // These concern the file, not the network that is trained.

        @Override
        public void visit(Bypass r) {}

        @Override
        public void visit(FoldClip r) {}

        @Override
        public void visit(QuantizeWeight r) {}

        @Override
        public void visit(GemmAsConv r) {}

        @Override
        public void visit(FoldConstant r) {}

        @Override
        public void visit(DequantizeFirst r) {}

        @Override
        public void visit(MakeSymmetric r) {}

        @Override
        public void visit(SetAxis r) {}

        @Override
        public void visit(SetWindow r) {}

        @Override
        public void visit(MatchZeroPoint r) {}

        @Override
        public void visit(RepairScale r) {}
    }

    private Constraints.Added added(NewPair pair) throws IOException {
        Node shares = shares(pair);
        return new Constraints.Added(
                pair.rule,
                pair.node.name(),
                pair.slot,
                pair.tensor.name(),
                module(pair).map(TorchModule::path).orElse(null),
                shares == null ? null : QuantizerNames.describe(shares));
    }

    private Optional<TorchModule> module(NewPair pair) throws IOException {
        Value output = model.graph().value(pair.node.output(0).name());
        Node here = output == null ? null : output.producer();
        return TorchModule.of(model.file(), here == null ? pair.node : here);
    }

    /** The quantizer of the tensor that a new pair is like, else one that it has to share a scale with; null where there is none. */
    private Node shares(NewPair pair) {
        Node like = pair.like == null ? null : original(pair.like);
        if (like != null && pair.like.input(0) == pair.tensor) {
            return like;
        }
        Value output = fixed.graph().value(pair.node.output(0).name());
        if (pair.slot < 0 || output == null || output.producer() == null) {
            return null;
        }
        Value read = output.producer().input(pair.slot);
        Node dequantize = read == null ? null : read.producer();
        if (dequantize == null || !dequantize.opType().equals("DequantizeLinear")) {
            return null;
        }
        return scales.of(SharedScales.codes(dequantize)).stream()
                .map(this::original)
                .filter(Objects::nonNull)
                .min(Node.ORDER)
                .orElse(null);
    }

    /** The Q of this model for a Q or DQ of one that was made of it; null where a fix has put it there. */
    private Node original(Node node) {
        String codes = SharedScales.codes(node);
        return codes == null ? null : original(codes);
    }

    private Node original(String codes) {
        Value here = model.graph().value(codes);
        Node quantize = here == null ? null : here.producer();
        return quantize != null && quantize.opType().equals("QuantizeLinear") ? quantize : null;
    }

    private Constraints constraints() throws IOException {
        List<Constraints.Group> shared = new ArrayList<>();
        List<List<Node>> groups = scales.groups().stream()
                .map(g -> g.stream()
                        .map(this::original)
                        .filter(Objects::nonNull)
                        .sorted(Node.ORDER)
                        .toList())
                .filter(g -> g.size() > 1)
                .sorted(Comparator.comparingInt(g -> g.get(0).index()))
                .toList();
        for (List<Node> group : groups) {
            Set<String> from = new TreeSet<>();
            group.forEach(q -> from.addAll(scales.rules(SharedScales.codes(q))));
            List<Constraints.Quantizer> members =
                    group.stream().map(QuantizerNames::describe).toList();
            Double largest = members.stream()
                    .map(Constraints.Quantizer::scale)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            shared.add(new Constraints.Group(List.copyOf(from), largest, members));
        }
        List<Constraints.Added> added = new ArrayList<>();
        BlockKinds kinds = new BlockKinds();
        for (NewPair pair : pairs) {
            added.add(added(pair));
            module(pair).ifPresent(m -> kinds.add(m, pair.node.opType(), pair.slot));
        }
        List<String> notes =
                new ArrayList<>(QuantizerNotes.of(model, shared.isEmpty() && disabled.isEmpty() && added.isEmpty()));
        notes.addAll(kinds.notes());
        return new Constraints(
                model.file().getFileName().toString(),
                shared,
                disabled.stream().distinct().toList(),
                added.stream().distinct().toList(),
                notes);
    }
}
