package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Collection;
import java.util.Comparator;

/** A new pair of the tensor takes the scale of this Q. */
public record ScaleOf(Value tensor, Node like) {
    /** Of the nearest hints that with the largest scale, the first of equal ones. */
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
