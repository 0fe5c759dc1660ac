package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import io.qdqlint.fact.Scale;
import io.qdqlint.finding.Place;
import io.qdqlint.ir.Node;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Quantizers that have to share one scale and do not.
 *
 * @param members in node order
 * @param kernels what equal scales would remove, by tensor
 * @param through the copy ops between the quantizers and the tensors they meet at, in node order
 */
public record ScaleGroup(List<Quantize> members, List<StandAlone> kernels, List<Node> through) {

    /** Sorts what accumulate collected in no order. */
    public static ScaleGroup of(
            Collection<Quantize> members, Collection<StandAlone> kernels, Collection<Node> through) {
        return new ScaleGroup(
                members.stream()
                        .sorted((a, b) -> Node.ORDER.compare(a.node(), b.node()))
                        .toList(),
                kernels.stream().sorted(StandAlone.ORDER).toList(),
                through.stream().sorted(Node.ORDER).toList());
    }

    /** Whether a member moves through a node of that type. */
    public boolean passes(String opType) {
        return through.stream().anyMatch(n -> n.opType().equals(opType));
    }

    /** The first node of one of these types that a member moves through. */
    public Node first(String... opTypes) {
        Set<String> types = Set.of(opTypes);
        return through.stream()
                .filter(n -> types.contains(n.opType()))
                .findFirst()
                .orElseThrow();
    }

    /** The Q nodes of the members. */
    public List<Node> nodes() {
        return members.stream().map(Quantize::node).toList();
    }

    /** A place for each member: the tensor it quantizes, and its scale. */
    public List<Place> places() {
        return members.stream()
                .map(q -> new Place(
                        q.node(),
                        q.input(),
                        q.scale().text(),
                        "scale " + q.scale().text()))
                .toList();
    }

    /** The different scales, ascending, as a person reads them: {@code 0.021, 0.0512}. */
    public String scales() {
        TreeSet<Double> values = new TreeSet<>();
        members.forEach(q -> values.add(q.scale().max()));
        return String.join(", ", values.stream().map(Scale::number).toList());
    }

    public long distinct() {
        return members.stream().map(q -> q.scale().max()).distinct().count();
    }

    /** The smallest scale around zero that covers what each member covers: the largest where no zero point is other than 0. */
    public String covering() {
        return covering(members);
    }

    /** The same of any quantizers. */
    public static String covering(List<Quantize> quantizers) {
        return Scale.number(quantizers.stream()
                .mapToDouble(q -> q.scale().aroundZero())
                .max()
                .orElse(Double.NaN));
    }

    /** Largest scale over the smallest that a member ever had: how much resolution the finest gives up. */
    public double ratio() {
        return ratio(members);
    }

    /** The same of any quantizers. */
    public static double ratio(List<Quantize> quantizers) {
        double max = quantizers.stream().mapToDouble(q -> q.scale().max()).max().orElse(1);
        double min = quantizers.stream().mapToDouble(Quantize::firstScale).min().orElse(1);
        return max / min;
    }

    /** The member that loses most. */
    public Quantize finest() {
        return members.stream()
                .min(Comparator.comparingDouble(Quantize::firstScale))
                .orElseThrow();
    }

    /** The bits of resolution that the finest member loses. */
    public double bitsLost() {
        return bits(ratio());
    }

    /** The bits of resolution that a scale loses to one that is so many times larger. */
    static double bits(double ratio) {
        return Math.log(ratio) / Math.log(2);
    }
}
