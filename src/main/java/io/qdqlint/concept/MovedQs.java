package io.qdqlint.concept;

import io.qdqlint.concept.Motion.QMayMoveAbove;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which quantizers need a tensor: those that read it, and those that move up to it over copies. */
public final class MovedQs {
    private record Need(Value tensor, int scale) {}

    private static final Comparator<Quantize> ORDER = Comparator.comparing(Quantize::node, Node.ORDER);

    private final Map<Value, Set<Quantize>> readers = new HashMap<>();
    private final Map<Value, Set<Value>> copies = new HashMap<>();
    private final Map<Value, Set<Value>> copied = new HashMap<>();
    private final Map<Need, Quantize> first = new HashMap<>();

    private MovedQs() {}

    /**
     * Moves quantizers up over copies. @param mixed the tensors above which no quantizer moves
     */
    public static MovedQs of(
            Collection<Quantize> quantizers, Collection<QMayMoveAbove> copies, Collection<Value> mixed) {
        MovedQs moved = new MovedQs();
        for (Quantize quantizer : quantizers) {
            moved.readers
                    .computeIfAbsent(quantizer.input(), v -> new TreeSet<>(ORDER))
                    .add(quantizer);
            moved.offer(new Need(quantizer.input(), quantizer.group()), quantizer);
        }
        for (QMayMoveAbove copy : copies) {
            if (!mixed.contains(copy.out())) {
                moved.copies
                        .computeIfAbsent(copy.in(), v -> new LinkedHashSet<>())
                        .add(copy.out());
                moved.copied
                        .computeIfAbsent(copy.out(), v -> new LinkedHashSet<>())
                        .add(copy.in());
            }
        }
        moved.moveUp();
        return moved;
    }

    private boolean offer(Need need, Quantize quantizer) {
        Quantize before = first.get(need);
        if (before != null && ORDER.compare(before, quantizer) <= 0) {
            return false;
        }
        first.put(need, quantizer);
        return true;
    }

    /** Begins with the first quantizer, so that it visits each tensor once in each scale. */
    private void moveUp() {
        List<Map.Entry<Need, Quantize>> starts = new ArrayList<>(first.entrySet());
        starts.sort(Map.Entry.comparingByValue(ORDER));
        for (Map.Entry<Need, Quantize> start : starts) {
            List<Need> open = new ArrayList<>(List.of(start.getKey()));
            while (!open.isEmpty()) {
                Need at = open.remove(open.size() - 1);
                for (Value above : copied.getOrDefault(at.tensor, Set.of())) {
                    Need need = new Need(above, at.scale);
                    if (offer(need, start.getValue())) {
                        open.add(need);
                    }
                }
            }
        }
    }

    /** The first, in node order, of the quantizers that need the tensor in the scale; null where none does. */
    public Quantize first(Value tensor, int scale) {
        return first.get(new Need(tensor, scale));
    }

    /** All quantizers that need the tensor, in any scale. */
    public List<Quantize> all(Value tensor) {
        List<Quantize> all = new ArrayList<>();
        reach(tensor, copies).forEach(below -> all.addAll(readers.getOrDefault(below, Set.of())));
        return all;
    }

    /** The tensors that a quantizer needs: its input, and what that is a copy of. */
    public Set<Value> tensors(Quantize quantizer) {
        return readers.getOrDefault(quantizer.input(), Set.of()).contains(quantizer)
                ? reach(quantizer.input(), copied)
                : Set.of();
    }

    private static Set<Value> reach(Value from, Map<Value, Set<Value>> next) {
        Set<Value> reached = new LinkedHashSet<>(List.of(from));
        List<Value> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            for (Value value : next.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (reached.add(value)) {
                    open.add(value);
                }
            }
        }
        return reached;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MovedQs other && readers.equals(other.readers) && copies.equals(other.copies);
    }

    @Override
    public int hashCode() {
        return 31 * readers.hashCode() + copies.hashCode();
    }
}
