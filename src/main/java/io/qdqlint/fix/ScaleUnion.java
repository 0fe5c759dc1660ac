package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.UnifyScales;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The scale groups of one round, joined over all rewrites: the quantizers of a group get the largest of their scales. A
 * rewrite that would put scales further apart than allowed into one group is refused; those that cost least go first.
 */
final class ScaleUnion {
    private final double maxRatio;
    private final History history;
    private final Scope scope;
    private final ClipChanges clips;
    private final Map<Node, Member> members = new LinkedHashMap<>();

    ScaleUnion(double maxRatio, History history, Scope scope, ClipChanges clips) {
        this.clips = clips;
        this.maxRatio = maxRatio;
        this.history = history;
        this.scope = scope;
    }

    /** A quantizer as an element of the union-find forest. */
    private static final class Member {
        final Quantizer quantizer;
        final double scale;
        /** The scale before any rewrite. */
        final double original;

        Member parent = this;
        Member largest = this;
        Member smallest = this;

        Member(Quantizer quantizer, History history) {
            this.quantizer = quantizer;
            this.scale = quantizer.perTensorScale();
            this.original = history.originalScale(quantizer, scale);
        }

        Member root() {
            Member m = this;
            while (m.parent != m) {
                m.parent = m.parent.parent;
                m = m.parent;
            }
            return m;
        }

        String describe() {
            return String.format(
                    Locale.ROOT, "'%s' (scale %.4g)", quantizer.first().name(), original);
        }

        /** Bits of the smaller scale's range that the larger one leaves unused. */
        static double bitsLost(double large, double small) {
            return Math.log(large / small) / Math.log(2);
        }
    }

    /** A rewrite with its members. */
    private record Wish(UnifyScales rewrite, List<Member> members) {
        double ratio() {
            return members.stream().mapToDouble(m -> m.scale).max().orElse(1)
                    / members.stream().mapToDouble(m -> m.original).min().orElse(1);
        }
    }

    /** One change per rewrite that could be joined; refusals for the others. */
    void plan(Graph graph, List<UnifyScales> rewrites, List<Joined> joined, List<Refusal> refused) {
        recall(graph);
        List<Wish> wishes = new ArrayList<>();
        for (UnifyScales rewrite : rewrites) {
            try {
                wishes.add(new Wish(
                        rewrite,
                        rewrite.members().stream().map(this::member).distinct().toList()));
            } catch (RefusedException e) {
                refused.add(new Refusal(rewrite, e.getMessage()));
            }
        }
        wishes.sort(Comparator.comparingDouble(Wish::ratio)
                .thenComparingInt(w -> w.rewrite().at().index())
                .thenComparing(w -> w.rewrite().rule()));
        List<Wish> granted = new ArrayList<>();
        for (Wish wish : wishes) {
            String refusal = join(wish.members());
            if (refusal == null) {
                granted.add(wish);
            } else {
                refused.add(new Refusal(wish.rewrite(), refusal));
            }
        }
        Map<Member, List<Member>> groups = new HashMap<>();
        members.values()
                .forEach(m ->
                        groups.computeIfAbsent(m.root(), r -> new ArrayList<>()).add(m));
        for (Wish wish : granted) {
            // The first rewrite that touches a group takes all of it along.
            List<Member> whole = groups.remove(wish.members().get(0).root());
            if (whole != null) {
                joined.add(new Joined(wish.rewrite(), change(whole), originals(whole)));
            }
        }
    }

    private static Map<String, Double> originals(List<Member> list) {
        Map<String, Double> scales = new LinkedHashMap<>();
        list.forEach(m -> scales.put(m.quantizer.first().output(0).name(), m.original));
        return scales;
    }

    /** Joins what earlier rounds have joined and is still there. */
    private void recall(Graph graph) {
        for (Set<String> group : history.groups()) {
            List<Member> known = new ArrayList<>();
            for (String name : group) {
                Value output = graph.value(name);
                if (output != null && output.producer() != null) {
                    add(output.producer(), known);
                }
            }
            known.forEach(m -> unite(known.get(0), m));
        }
    }

    /** Adds the quantizer, unless the model was changed since, so that it can share no scale any more. */
    private void add(Node node, List<Member> known) {
        try {
            known.add(member(node));
        } catch (RefusedException changed) {
            // What it shared once is of no matter now.
        }
    }

    /** Makes one group of two. */
    private static void unite(Member a, Member b) {
        Member into = a.root();
        Member from = b.root();
        if (into != from) {
            from.parent = into;
            into.largest = from.largest.scale > into.largest.scale ? from.largest : into.largest;
            into.smallest = from.smallest.original < into.smallest.original ? from.smallest : into.smallest;
        }
    }

    /** A rewrite and what it does. */
    record Joined(UnifyScales rewrite, Change change, Map<String, Double> group) {}

    private Member member(Node node) {
        Quantizer quantizer = Quantizer.of(node);
        Member known = members.get(quantizer.first());
        if (known != null) {
            return known;
        }
        if (quantizer.quantize() == null) {
            throw new RefusedException("the codes that '" + node.name() + "' dequantizes are stored or a graph input, "
                    + "so their scale cannot change");
        }
        Member made = new Member(quantizer, history);
        if (!scope.isTopLevel(quantizer.first().input(1))) {
            throw new RefusedException("the scale of '" + node.name() + "' is known only inside a subgraph");
        }
        // A type that is not known is refused here, with the edit that needs it.
        quantizer.type();
        quantizer.requireOwnCodes();
        if (!(made.scale > 0 && made.scale < Double.POSITIVE_INFINITY)) {
            throw new RefusedException("the scale of '" + node.name() + "' is " + made.scale);
        }
        members.put(quantizer.first(), made);
        return made;
    }

    /** Joins the groups of all, or says why not. */
    private String join(List<Member> list) {
        Member large = list.get(0).root().largest;
        Member small = list.get(0).root().smallest;
        for (Member m : list) {
            Member group = m.root();
            large = group.largest.scale > large.scale ? group.largest : large;
            small = group.smallest.original < small.original ? group.smallest : small;
            if (m.quantizer.type() != list.get(0).quantizer.type()) {
                return m.describe() + " and " + list.get(0).describe() + " are of different types";
            }
            if (m.quantizer.scale().type() != list.get(0).quantizer.scale().type()) {
                return "the scales of " + m.describe() + " and " + list.get(0).describe() + " are of different types";
            }
        }
        if (large.scale / small.original > maxRatio) {
            return String.format(
                    Locale.ROOT,
                    "%s would lose %.1f bits to %s: the ratio %.2f is larger than --max-scale-ratio %s",
                    small.describe(),
                    Member.bitsLost(large.scale, small.original),
                    large.describe(),
                    large.scale / small.original,
                    maxRatio);
        }
        list.forEach(m -> unite(list.get(0), m));
        return null;
    }

    /** Members take the scale tensor of the largest in their whole group. */
    private Change change(List<Member> list) {
        Member largest = list.get(0).root().largest;
        Value shared = largest.quantizer.first().input(1);
        Change change = new Change();
        double bits = 0;
        Member loser = largest;
        for (Member m : list) {
            if (m.scale != largest.scale) {
                for (Node node : m.quantizer.nodes()) {
                    change.edit(new Edit.SetInput(node, 1, shared.name()));
                }
                double end = Quantizer.LARGEST_CODE * largest.scale;
                clips.keep(change, m.quantizer, new Clippings.Bounds(-end, end));
                m.quantizer
                        .dequantizes()
                        .forEach(dq -> change.touches(dq.output(0).name()));
                double lost = Member.bitsLost(largest.scale, m.original);
                loser = lost > bits ? m : loser;
                bits = Math.max(bits, lost);
            }
        }
        return change.says(
                change.edits.isEmpty() ? Exactness.EXACT : Exactness.CHANGES_NUMERICS,
                change.edits.isEmpty() ? 0 : largest.scale / 2,
                String.format(
                        Locale.ROOT,
                        "%d quantizers share scale %.4g of '%s': each value within %.4g of the unquantized one, %s loses %.2f bits",
                        list.size(),
                        largest.scale,
                        shared.name(),
                        largest.scale / 2,
                        loser.describe(),
                        bits));
    }
}
