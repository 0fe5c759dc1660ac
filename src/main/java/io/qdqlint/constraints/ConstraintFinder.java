package io.qdqlint.constraints;

import io.qdqlint.concept.Groups.Cancels;
import io.qdqlint.concept.Groups.Neighbour;
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
import io.qdqlint.ir.Tensor;
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
import io.qdqlint.rewrite.Together;
import io.qdqlint.rewrite.UnifyScales;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the constraints by fixing the model in memory and looking at what was done. */
public final class ConstraintFinder {
    /** In training scales follow, so that no ratio is too large. */
    public static final Tolerance TOLERANCE = new Tolerance(Double.POSITIVE_INFINITY);

    private final Model model;
    private final List<Set<Node>> groups = new ArrayList<>();
    private final Map<Node, Set<String>> rules = new HashMap<>();
    private final List<Constraints.Disabled> disabled = new ArrayList<>();
    private final List<Constraints.Added> added = new ArrayList<>();

    private ConstraintFinder(Model model) {
        this.model = model;
    }

    /**
     * What the model's quantizers have to obey.
     *
     * @param derive gives what the rules derive for a model where {@link #TOLERANCE} is what may be lost
     */
    public static Constraints find(Model model, Function<Model, List<?>> derive) throws IOException {
        // Training finds a range for whatever is quantized.
        FixOptions options = new FixOptions(true, TOLERANCE, Calibration.ANY, FixOptions.DEFAULT_ROUNDS);
        ConstraintFinder finder = new ConstraintFinder(model);
        Training training = finder.new Training();
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(
                            m -> Proposal.unjudged(
                                    all(Rewrite.class, derive.apply(m)).toList()),
                            options,
                            weights)
                    .fix(model);
            fix.steps().stream().map(Step::rewrite).forEach(r -> r.accept(training));
            fix.refusals().stream().map(Refusal::rewrite).forEach(r -> r.accept(training));
            finder.keepTogether(derive.apply(fix.after()));
        }
        return finder.constraints();
    }

    private static <T> Stream<T> all(Class<T> type, List<?> derived) {
        return derived.stream().filter(type::isInstance).map(type::cast);
    }

    /** Scales that merely happen to be equal have to stay so. */
    private void keepTogether(List<?> derived) {
        all(Neighbour.class, derived)
                .forEach(n -> share(List.of(n.quantizer().node(), n.other().node()), Set.of()));
        all(Cancels.class, derived)
                .forEach(c -> share(List.of(c.front().node(), c.behind().node()), Set.of()));
    }

    /** What each kind of edit says of training. */
    private final class Training implements Rewrite.Visitor {
        @Override
        public void visit(UnifyScales r) {
            share(r.members(), Set.of(r.rule()));
        }

        @Override
        public void visit(RemovePair r) {
            disable(r.rule(), r.quantize());
        }

        @Override
        public void visit(LeaveInFloat r) {
            if (disable(r.rule(), r.data())) {
                disabled.add(new Constraints.Disabled(r.rule(), describeWeight(r.layer(), r.weight())));
            }
        }

        @Override
        public void visit(MovePair r) {
            if (disable(r.rule(), r.quantize())) {
                added.add(added(r.rule(), r.past(), 0, r.past().output(0), null));
            }
        }

        @Override
        public void visit(QuantizeInput r) {
            if (r.node().input(r.slot()) != null) {
                added.add(added(r.rule(), r.node(), r.slot(), r.node().input(r.slot()), r.like()));
            }
        }

        @Override
        public void visit(Together r) {
            r.parts().forEach(part -> part.accept(this));
        }

        @Override
        public void visit(QuantizeOutput r) {
            added.add(added(r.rule(), r.node(), -1, r.node().output(0), r.like()));
        }

        private boolean disable(String rule, Node quantize) {
            Node original = original(quantize);
            if (original != null) {
                disabled.add(new Constraints.Disabled(rule, describe(original)));
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
        public void visit(MatchZeroPoint r) {}

        @Override
        public void visit(RepairScale r) {}
    }

    private Constraints.Added added(String rule, Node node, int input, Value tensor, Node like) {
        boolean same = like != null && original(like) != null && like.input(0) == tensor;
        return new Constraints.Added(
                rule,
                node.name(),
                input,
                tensor.name(),
                ModulePath.ofNode(node.rawName()).orElse(null),
                same ? describe(original(like)) : null);
    }

    private void share(List<Node> members, Set<String> because) {
        Set<Node> joined = new LinkedHashSet<>();
        for (Node member : members) {
            Node quantize = original(member);
            if (quantize != null) {
                joined.add(quantize);
                rules.computeIfAbsent(quantize, q -> new TreeSet<>()).addAll(because);
            }
        }
        List<Set<Node>> touched = groups.stream()
                .filter(group -> group.stream().anyMatch(joined::contains))
                .toList();
        touched.forEach(joined::addAll);
        groups.removeAll(touched);
        groups.add(joined);
    }

    /** The Q of this model for a Q or DQ of one that was made of it; null where a fix has put it there. */
    private Node original(Node node) {
        Value output = node.opType().equals("QuantizeLinear") ? node.output(0) : node.input(0);
        Value here = output == null ? null : model.graph().value(output.name());
        Node quantize = here == null ? null : here.producer();
        return quantize != null && quantize.opType().equals("QuantizeLinear") ? quantize : null;
    }

    private static Constraints.Quantizer describe(Node quantize) {
        Node layer = layer(quantize);
        String own = ModulePath.ofNode(quantize.rawName())
                .filter(ModulePath::isQuantizer)
                .orElse(null);
        String module = layer == null ? null : ModulePath.ofLayer(layer).orElse(null);
        return new Constraints.Quantizer(
                quantize.name(),
                quantize.input(0).name(),
                scale(quantize).filter(ConstraintFinder::isUsable).orElse(null),
                layer == null ? null : layer.name(),
                layer == null ? null : ModulePath.weight(layer),
                module,
                own != null ? own : module == null ? null : module + "._input_quantizer");
    }

    /** The scale of the whole tensor; empty if it has several or they are not in the file. */
    private static Optional<Double> scale(Node quantize) {
        Tensor scale = quantize.input(1) == null ? null : quantize.input(1).constant();
        return scale == null || scale.elements() != 1
                ? Optional.empty()
                : scale.doubles().map(s -> s[0]);
    }

    private static boolean isUsable(double scale) {
        return scale > 0 && scale < Double.POSITIVE_INFINITY;
    }

    private static Constraints.Quantizer describeWeight(Node layer, Node dequantize) {
        Node quantize = dequantize.input(0).producer() == null
                ? dequantize
                : dequantize.input(0).producer();
        String module = ModulePath.ofLayer(layer).orElse(null);
        return new Constraints.Quantizer(
                quantize.name(),
                quantize.input(0).name(),
                null,
                layer.name(),
                ModulePath.weight(layer),
                module,
                ModulePath.ofNode(quantize.rawName())
                        .filter(ModulePath::isQuantizer)
                        .orElse(module == null ? null : module + "._weight_quantizer"));
    }

    /** The first layer with a weight that reads what the quantizer gives. */
    private static Node layer(Node quantize) {
        return quantize.output(0).uses().stream()
                .map(use -> use.node().output(0))
                .filter(Objects::nonNull)
                .flatMap(v -> v.uses().stream())
                .filter(use -> use.slot() == 0)
                .map(Value.Use::node)
                .filter(n -> switch (n.opType()) {
                    case "Conv", "ConvTranspose", "Gemm", "MatMul" -> true;
                    default -> false;
                })
                .findFirst()
                .orElse(null);
    }

    private Constraints constraints() {
        List<Constraints.Group> shared = new ArrayList<>();
        groups.sort(Comparator.comparingInt(
                group -> group.stream().mapToInt(Node::index).min().orElse(0)));
        for (Set<Node> group : groups) {
            if (group.size() < 2) {
                continue;
            }
            Set<String> from = new TreeSet<>();
            group.forEach(q -> from.addAll(rules.get(q)));
            List<Constraints.Quantizer> members = group.stream()
                    .sorted(Comparator.comparingInt(Node::index))
                    .map(ConstraintFinder::describe)
                    .toList();
            Double largest = members.stream()
                    .map(Constraints.Quantizer::scale)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            shared.add(new Constraints.Group(List.copyOf(from), largest, members));
        }
        return new Constraints(
                model.file().getFileName().toString(),
                shared,
                disabled.stream().distinct().toList(),
                added.stream().distinct().toList(),
                notes(shared.isEmpty() && disabled.isEmpty() && added.isEmpty()));
    }

    private List<String> notes(boolean nothing) {
        List<Node> quantizers = model.graph().nodes().stream()
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .filter(n -> n.input(0) != null && !n.input(0).isConstant())
                .toList();
        long uncalibrated = quantizers.stream()
                .map(ConstraintFinder::scale)
                .flatMap(Optional::stream)
                .filter(s -> !isUsable(s))
                .count();
        List<String> out = new ArrayList<>();
        if (quantizers.isEmpty()) {
            out.add("the model quantizes no tensor when it runs: export it with its quantizers in place");
        } else if (nothing) {
            out.add("there is nothing to obey: of the " + quantizers.size()
                    + " quantizers no two meet at a tensor, none is in"
                    + " the way of a fusion, and no input lacks one");
        }
        if (uncalibrated > 0) {
            out.add("a scale that is not a positive number stands in " + uncalibrated + " of the " + quantizers.size()
                    + " quantizers: calibrate them (QDQ504); the constraints do not depend on scales");
        }
        return out;
    }
}
