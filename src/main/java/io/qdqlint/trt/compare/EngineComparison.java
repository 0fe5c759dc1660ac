package io.qdqlint.trt.compare;

import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two engines of one network side by side.
 *
 * @param groups sorted by how much their time differs, most first; without times, those that differ first
 * @param kinds time by kind of layer, sorted the same way
 */
public record EngineComparison(MeasuredEngine a, MeasuredEngine b, List<LayerGroup> groups, List<KindTime> kinds) {

    /** How many layers of a kind each engine has, and their microseconds per inference (NaN when not measured). */
    public record KindTime(LayerKind kind, int countA, int countB, double microsA, double microsB) {
        public double delta() {
            return microsB - microsA;
        }
    }

    public static EngineComparison of(MeasuredEngine a, MeasuredEngine b) {
        List<LayerGroup> groups = new ArrayList<>();
        for (LayerMatcher.Matched m : LayerMatcher.match(a.engine(), b.engine())) {
            GroupDifference difference = new GroupDifference(m.a(), m.b());
            EngineLayer main = GroupDifference.main(m.a().isEmpty() ? m.b() : m.a());
            groups.add(new LayerGroup(
                    main.shortName(),
                    m.a(),
                    m.b(),
                    a.isTimed() ? a.sum(m.a()) : Double.NaN,
                    b.isTimed() ? b.sum(m.b()) : Double.NaN,
                    difference.kinds(),
                    difference.explanation()));
        }
        // List.sort is stable: groups that differ as much stay in execution order.
        groups.sort(Comparator.<LayerGroup>comparingDouble(g -> -magnitude(g.delta()))
                .thenComparing(g -> g.differences().isEmpty()));
        return new EngineComparison(a, b, List.copyOf(groups), kinds(a, b));
    }

    /** Whether both engines' layer times are known. */
    public boolean isTimed() {
        return a.isTimed() && b.isTimed();
    }

    /** The groups that differ in the given way, in order. */
    public List<LayerGroup> differing(LayerGroup.Difference difference) {
        return groups.stream().filter(g -> g.differences().contains(difference)).toList();
    }

    private static List<KindTime> kinds(MeasuredEngine a, MeasuredEngine b) {
        List<KindTime> out = new ArrayList<>();
        for (LayerKind kind : LayerKind.values()) {
            int countA = a.count(l -> l.kind() == kind);
            int countB = b.count(l -> l.kind() == kind);
            if (countA + countB > 0) {
                out.add(new KindTime(
                        kind, countA, countB, a.micros(l -> l.kind() == kind), b.micros(l -> l.kind() == kind)));
            }
        }
        out.sort(Comparator.comparingDouble(k -> -magnitude(k.delta())));
        return List.copyOf(out);
    }

    private static double magnitude(double delta) {
        return Double.isNaN(delta) ? 0 : Math.abs(delta);
    }
}
