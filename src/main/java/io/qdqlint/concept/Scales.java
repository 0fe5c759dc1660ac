package io.qdqlint.concept;

import io.qdqlint.concept.Candidates.OpenInput;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.Together;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Concepts of {@code rules/tensorrt/scales.drl}. */
public interface Scales {
    /**
     * The pairs that could be inserted at one node.
     *
     * @param pairs by input
     */
    record MissingPairs(List<MissingPair> pairs) {
        /** Sorts pairs that accumulate collected in no order. */
        public static MissingPairs of(Collection<?> collected) {
            return new MissingPairs(collected.stream()
                    .map(MissingPair.class::cast)
                    .sorted(Comparator.comparingInt(
                                    (MissingPair p) -> p.input().reader().index())
                            .thenComparingInt(p -> p.input().slot()))
                    .toList());
        }

        /** The tensors that would get a pair. */
        public List<Value> tensors() {
            return pairs.stream().map(p -> p.input().tensor()).distinct().toList();
        }

        /** Those of them that have no scale in the model. */
        public List<Value> withoutScale() {
            return pairs.stream()
                    .filter(p -> p.like() == null && Double.isNaN(p.bound()))
                    .map(p -> p.input().tensor())
                    .distinct()
                    .toList();
        }

        /** The edit that inserts all of them. */
        public Rewrite edit(String rule, Node at) {
            return together(rule, at, edits(rule));
        }

        /** The edit that inserts all of them and does something else, too. */
        public Rewrite with(Rewrite other) {
            List<Rewrite> edits = new ArrayList<>(edits(other.rule()));
            edits.add(other);
            return together(other.rule(), other.at(), edits);
        }

        private static Rewrite together(String rule, Node at, List<Rewrite> edits) {
            return edits.size() == 1 ? edits.get(0) : new Together(rule, at, edits);
        }

        private List<Rewrite> edits(String rule) {
            return pairs.stream()
                    .<Rewrite>map(p -> new QuantizeInput(
                            rule,
                            p.input().reader(),
                            p.input().reader(),
                            p.input().slot(),
                            p.like(),
                            p.bound()))
                    .toList();
        }
    }

    /**
     * A Q whose scale a new pair of the tensor could take.
     *
     * @param distance the nearer, the better the scale fits: one of the constants
     * @param scale of the Q
     */
    record ScaleHint(Value tensor, int distance, Node like, double scale) {
        /** The Q quantizes the tensor. */
        public static final int OWN = 0;

        /** It moves up to the tensor. */
        public static final int MOVED = 1;

        /** It quantizes the tensor that this one is a copy of. */
        public static final int SOURCE = 2;

        /** It quantizes a result of sums, clamps and copies of the tensor. */
        public static final int MADE = 3;
    }

    /** The tensor is a result of sums, clamps and copies of a tensor that could have a pair. */
    record MadeOf(Value tensor) {}

    /** This Q quantizes the tensor, or a result of sums, clamps and copies of it. */
    record ScaleBelow(Value tensor, Node like) {}

    /** A new pair of the tensor takes the scale of this Q. */
    record ScaleOf(Value tensor, Node like) {
        /** The hint with the largest scale among the nearest ones; the first of equal ones. */
        public static ScaleOf nearest(Value tensor, Collection<?> hints) {
            return new ScaleOf(
                    tensor,
                    hints.stream()
                            .map(ScaleHint.class::cast)
                            .min(Comparator.comparingInt(ScaleHint::distance)
                                    .thenComparing(h -> -h.scale())
                                    .thenComparing(h -> h.like().index()))
                            .orElseThrow()
                            .like());
        }
    }

    /**
     * A pair that could be inserted at an input.
     *
     * @param like the Q whose scale it takes; null where that needs a calibration or the bound
     * @param bound a magnitude that the tensor can't exceed; NaN where none is known
     */
    record MissingPair(OpenInput input, Node like, double bound) {}

    /** The Q with the largest scale of those that quantize a tensor, the first of equal ones: its scale clips nothing that another keeps. */
    record Widest(Value tensor, Node quantizer) {}
}
