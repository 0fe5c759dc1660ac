package io.qdqlint.concept;

import io.qdqlint.finding.Place;
import io.qdqlint.ir.Node;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.Together;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The pairs that could be inserted at one node.
 *
 * @param pairs by input
 */
public record MissingPairs(List<MissingPair> pairs) {
    /** Pairs as accumulate collects them: in no order. */
    public static MissingPairs of(Collection<?> collected) {
        return new MissingPairs(collected.stream()
                .map(MissingPair.class::cast)
                .sorted(Comparator.comparingInt(
                                (MissingPair p) -> p.input().reader().index())
                        .thenComparingInt(p -> p.input().slot()))
                .toList());
    }

    /** The tensors, each in quotes. */
    public String names() {
        List<String> names = pairs.stream()
                .map(p -> "'" + p.input().tensor().name() + "'")
                .distinct()
                .toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** Where the tensors are computed. */
    public List<Place> places() {
        return pairs.stream()
                .map(p -> new Place(p.input().tensor().producer(), p.input().tensor(), null, "in floating point"))
                .toList();
    }

    /** Where their scales are from: completes the remedy. */
    public String scales() {
        List<String> unknown = pairs.stream()
                .filter(p -> p.like() == null)
                .map(p -> "'" + p.input().tensor().name() + "'")
                .distinct()
                .toList();
        return unknown.isEmpty()
                ? ""
                : "; the model has no range for " + String.join(", ", unknown) + ": give it with fix --calibration";
    }

    /** The edit that inserts all of them. */
    public Rewrite edit(String rule, Node at) {
        List<Rewrite> edits = pairs.stream()
                .<Rewrite>map(p -> new QuantizeInput(
                        rule, p.input().reader(), p.input().reader(), p.input().slot(), p.like()))
                .toList();
        return edits.size() == 1 ? edits.get(0) : new Together(rule, at, edits);
    }
}
