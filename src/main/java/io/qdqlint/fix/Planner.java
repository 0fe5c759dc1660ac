package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Bypass;
import io.qdqlint.rewrite.Clipping;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns the rewrites of one lint into edits. It takes the first {@link Rewrite.Phase} with a possible edit, and in it the
 * rewrites in node order. A rewrite that touches what an earlier one changes waits for the next round.
 */
final class Planner {
    private final FixOptions options;
    private final History history;
    private final Graph graph;
    private final Scope scope;
    private final ClipChanges clips;
    private final PairRemoval removal;
    private final PairMove move;
    private final PairInsertion insertion;
    private final ProductChanges products;
    private final FoldChanges folding;
    private final ZeroPointChanges zeroPoints;
    private final ScaleRepair scales;
    private final WeightChanges weightChanges;
    private final ConstantChanges constants;
    private final Kinds kinds = new Kinds();
    private final List<Edit> edits = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<List<Object>> refused = new HashSet<>();
    private final Occupied occupied;

    private Planner(Model model, List<Clipping> clippings, FixOptions options, Weights weights, History history) {
        this.occupied = new Occupied(model, history);
        this.history = history;
        this.options = options;
        this.graph = model.graph();
        this.scope = new Scope(graph);
        this.clips = new ClipChanges(scope, model.opset(), new Clippings(clippings, options.observed()));
        this.removal = new PairRemoval(scope, clips);
        this.move = new PairMove(scope, clips);
        this.insertion = new PairInsertion(scope, clips, options.calibration());
        this.products = new ProductChanges(scope);
        this.folding = new FoldChanges(scope, clips, weights);
        this.zeroPoints = new ZeroPointChanges(scope, clips, weights);
        this.scales = new ScaleRepair(scope, weights, options.calibration());
        this.weightChanges = new WeightChanges(scope, weights);
        this.constants = new ConstantChanges(scope);
    }

    /** Plans one round. */
    static Plan plan(Model model, Proposal proposal, FixOptions options, Weights weights, History history) {
        Planner planner = new Planner(model, proposal.clippings(), options, weights, history);
        List<Rewrite> ordered = new ArrayList<>(new LinkedHashSet<>(proposal.rewrites()));
        ordered.sort(Comparator.comparing(Rewrite::phase)
                .thenComparingInt(r -> r.at().index())
                .thenComparing(Rewrite::rule));
        for (Rewrite.Phase phase : Rewrite.Phase.values()) {
            List<Rewrite> now = ordered.stream().filter(r -> r.phase() == phase).toList();
            if (phase == Rewrite.Phase.SCALES) {
                planner.unify(now);
            } else {
                now.forEach(r -> r.accept(planner.kinds));
            }
            if (!planner.edits.isEmpty()) {
                break;
            }
        }
        return new Plan(planner.edits, planner.steps, planner.refusals);
    }

    /** Plans each kind of edit by itself. */
    private final class Kinds implements Rewrite.Visitor {
        @Override
        public void visit(RemovePair r) {
            tryOut(r, removal::remove);
        }

        @Override
        public void visit(Bypass r) {
            tryOut(r, removal::bypass);
        }

        @Override
        public void visit(MovePair r) {
            tryOut(r, move::move);
        }

        @Override
        public void visit(QuantizeInput r) {
            tryOut(r, q -> insertion.quantizeInput(q, new Change()));
        }

        @Override
        public void visit(QuantizeOutput r) {
            tryOut(r, q -> insertion.quantizeOutput(q, new Change()));
        }

        @Override
        public void visit(Together r) {
            tryOut(r, Planner.this::together);
        }

        @Override
        public void visit(QuantizeWeight r) {
            tryOut(r, weightChanges::quantize);
        }

        @Override
        public void visit(GemmAsConv r) {
            tryOut(r, g -> products.asConv(g, new Change()));
        }

        @Override
        public void visit(LeaveInFloat r) {
            tryOut(r, folding::leaveInFloat);
        }

        @Override
        public void visit(FoldConstant r) {
            tryOut(r, folding::fold);
        }

        @Override
        public void visit(FoldClip r) {
            tryOut(r, folding::foldClip);
        }

        @Override
        public void visit(DequantizeFirst r) {
            tryOut(r, constants::dequantizeFirst);
        }

        @Override
        public void visit(MakeSymmetric r) {
            tryOut(r, zeroPoints::makeSymmetric);
        }

        @Override
        public void visit(SetAxis r) {
            tryOut(r, AxisChanges::setAxis);
        }

        @Override
        public void visit(SetWindow r) {
            tryOut(r, AxisChanges::setWindow);
        }

        @Override
        public void visit(MatchZeroPoint r) {
            tryOut(r, zeroPoints::matchZeroPoint);
        }

        @Override
        public void visit(RepairScale r) {
            tryOut(r, scales::repair);
        }

        @Override
        public void visit(UnifyScales r) {
            throw new IllegalStateException("scales are unified together");
        }
    }

    private Change together(Together rewrite) {
        Change change = new Change();
        for (Rewrite part : rewrite.parts()) {
            if (part instanceof QuantizeInput r) {
                insertion.quantizeInput(r, change);
            } else if (part instanceof QuantizeOutput r) {
                insertion.quantizeOutput(r, change);
            } else if (part instanceof GemmAsConv r) {
                products.asConv(r, change);
            } else {
                throw new IllegalArgumentException("not a part of others: " + part);
            }
        }
        return change;
    }

    private <R extends Rewrite> void tryOut(R rewrite, Function<R, Change> planning) {
        try {
            String against = history.against(rewrite);
            if (against != null) {
                throw new RefusedException(against);
            }
            settle(rewrite, planning.apply(rewrite));
        } catch (RefusedException e) {
            refuse(rewrite, e.getMessage());
        }
    }

    /** Keeps one refusal for each finding and reason, also where several edits are refused. */
    private void refuse(Rewrite rewrite, String why) {
        if (refused.add(List.of(rewrite.rule(), rewrite.at(), why))) {
            refusals.add(new Refusal(rewrite, why));
        }
    }

    private void unify(List<Rewrite> rewrites) {
        List<ScaleUnion.Joined> joined = new ArrayList<>();
        List<Refusal> apart = new ArrayList<>();
        new ScaleUnion(options.tolerance().scaleRatio(), history, scope, clips)
                .plan(graph, rewrites.stream().map(UnifyScales.class::cast).toList(), joined, apart);
        apart.forEach(r -> refuse(r.rewrite(), r.why()));
        for (ScaleUnion.Joined j : joined) {
            int before = steps.size();
            tryOut(j.rewrite(), r -> j.change());
            if (steps.size() > before) {
                history.joined(j.group());
            }
        }
    }

    /** Adopts the change, unless it is not allowed or has to wait. */
    private void settle(Rewrite rewrite, Change change) {
        if (!options.allows(change.exactness)) {
            throw new RefusedException("it changes numerics; --unsafe applies it");
        }
        if (change.edits.isEmpty() || occupied.waits(change)) {
            return;
        }
        clips.adopted(change);
        insertion.adopted(change);
        occupied.add(change, rewrite.phase());
        if (rewrite instanceof RemovePair r) {
            removal.removes(r, change);
        }
        edits.addAll(change.edits);
        steps.add(new Step(rewrite, change.exactness, change.bound, change.text(), List.copyOf(change.touched)));
    }
}
