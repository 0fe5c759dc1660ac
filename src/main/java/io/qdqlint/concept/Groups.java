package io.qdqlint.concept;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Concepts of {@code rules/tensorrt/groups.drl}. */
public interface Groups {
    /** The tensor is quantized with two scales that TensorRT does not take for one. */
    record ScaleConflict(Value tensor) {}

    /** The quantizer reaches the tensor by moving up through the node. */
    record MovedThrough(Quantize quantizer, Value tensor, Node node) {}

    /** Another choice of scales would remove the kernel. */
    record Avoidable(StandAlone kernel) {}

    /** The first quantizer, in node order, of several that TensorRT moves up to one tensor. */
    record FirstAtTensor(Value tensor, Quantize quantizer) {}

    /** Two Qs that TensorRT moves up to one tensor; the fact exists in both directions. */
    record MeetingQs(Quantize quantizer, Quantize other) {}

    /** The group of a quantizer: all that it is connected with. The first of them, in node order, names the group. */
    record GroupMember(Quantize quantizer, Quantize first) {}

    /** A kernel that a group would avoid with one scale. {@code first} names the group. */
    record GroupKernel(Quantize first, StandAlone kernel) {}

    /** A copy that a member of a group moves above. {@code first} names the group. */
    record GroupCopy(Quantize first, Node node) {}

    /**
     * Quantizers that have to share one scale and do not.
     *
     * @param members in node order
     * @param kernels what equal scales would remove, by tensor
     * @param through the copy ops between the quantizers and the tensors they meet at, in node order
     */
    record ScaleGroup(List<Quantize> members, List<StandAlone> kernels, List<Node> through) {

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

        /** How many different scales the members have. */
        public long distinct() {
            return members.stream().map(q -> q.scale().max()).distinct().count();
        }

        /** The smallest scale around zero that covers what each member covers: the largest where no zero point is other than 0. */
        public double covering() {
            return members.stream()
                    .mapToDouble(q -> q.scale().aroundZero())
                    .max()
                    .orElse(Double.NaN);
        }

        /** The largest scale divided by the smallest original scale: how much resolution the finest member loses. */
        public double ratio() {
            return ratio(members);
        }

        /** The same of any quantizers. */
        public static double ratio(List<Quantize> quantizers) {
            double max =
                    quantizers.stream().mapToDouble(q -> q.scale().max()).max().orElse(1);
            double min = quantizers.stream()
                    .mapToDouble(Quantize::originalScale)
                    .min()
                    .orElse(1);
            return max / min;
        }

        /** The member that loses most. */
        public Quantize finest() {
            return members.stream()
                    .min(Comparator.comparingDouble(Quantize::originalScale))
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

    /**
     * The second Q reads what the first quantized, dequantized again, directly or through copies. If both have one scale, DQ
     * and Q cancel.
     */
    record Cancels(Quantize front, Quantize behind) {}
}
