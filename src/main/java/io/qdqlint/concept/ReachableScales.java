package io.qdqlint.concept;

import io.qdqlint.concept.Motion.QMayMoveAbove;
import io.qdqlint.concept.Motion.ReadByQ;
import io.qdqlint.fact.SameScale;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scales in which each tensor would be needed if every Q moved up over all copies. Only the smallest and the largest
 * scale number of a tensor are kept: numbers are in the order of the scales, so these two differ most.
 */
public final class ReachableScales {
    private record Range(int least, int greatest) {
        Range with(Range other) {
            return new Range(Math.min(least, other.least), Math.max(greatest, other.greatest));
        }
    }

    private final Map<Value, Range> ranges = new HashMap<>();
    private final Set<SameScale> near;

    private ReachableScales(Set<SameScale> near) {
        this.near = near;
    }

    /**
     * Moves the scales in which Qs read tensors up over copies.
     *
     * @param near the scales that count as one
     */
    public static ReachableScales of(
            Collection<ReadByQ> reads, Collection<QMayMoveAbove> copies, Collection<SameScale> near) {
        ReachableScales scales = new ReachableScales(Set.copyOf(near));
        reads.forEach(r -> scales.widen(r.tensor(), new Range(r.scale(), r.scale())));
        List<QMayMoveAbove> upwards = copies.stream()
                .sorted(Comparator.comparing(QMayMoveAbove::node, Node.ORDER.reversed()))
                .toList();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (QMayMoveAbove copy : upwards) {
                Range below = scales.ranges.get(copy.out());
                grown |= below != null && scales.widen(copy.in(), below);
            }
        }
        return scales;
    }

    private boolean widen(Value tensor, Range more) {
        Range before = ranges.get(tensor);
        Range now = before == null ? more : before.with(more);
        ranges.put(tensor, now);
        return !now.equals(before);
    }

    /** Whether the tensor is needed in scales that do not count as one. */
    public boolean several(Value tensor) {
        Range range = ranges.get(tensor);
        return range != null
                && range.least != range.greatest
                && !near.contains(new SameScale(range.least, range.greatest));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ReachableScales other && ranges.equals(other.ranges) && near.equals(other.near);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }
}
