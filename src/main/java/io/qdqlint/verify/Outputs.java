package io.qdqlint.verify;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The kinds of numbers of a graph's outputs, by the nodes that compute them. */
final class Outputs {
    /** Operators whose number of output elements depends on the values that they read. */
    private static final Set<String> SELECTIONS = Set.of("NonMaxSuppression", "NonZero", "Unique", "Compress");

    private static final Set<String> CODES =
            Set.of("QuantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "QLinearMatMul", "QLinearAdd");

    /** Operators whose first output has integers or truth values. */
    private static final Set<String> INTEGERS = Set.of(
            "QuantizeLinear",
            "DynamicQuantizeLinear",
            "QLinearConv",
            "QLinearMatMul",
            "ConvInteger",
            "MatMulInteger",
            "ArgMax",
            "ArgMin",
            "NonZero",
            "NonMaxSuppression",
            "Shape",
            "Size",
            "Equal",
            "Greater",
            "GreaterOrEqual",
            "Less",
            "LessOrEqual",
            "And",
            "Or",
            "Not",
            "IsNaN",
            "IsInf");

    private final Graph graph;

    Outputs(Graph graph) {
        this.graph = graph;
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        graph.outputs().forEach(v -> names.add(v.name()));
        return names;
    }

    DriftSum sum(String name) {
        Node source = source(graph.value(name));
        boolean codes = source != null && CODES.contains(source.opType());
        double zero = codes && source.opType().equals("QuantizeLinear") ? zero(source.input(2)) : 0;
        return new DriftSum(name, codes ? Drift.Means.CODES : Drift.Means.INDICES, zero);
    }

    /** Whether the number of its elements depends on values. */
    boolean isSelection(String name) {
        Value output = graph.value(name);
        return output != null && upstream(output, v -> false, new HashSet<>());
    }

    /** The tensors that decide the values of an output of indices: those in floating point that the other graph has, too. */
    Set<String> scores(String name, Graph other) {
        Set<String> found = new LinkedHashSet<>();
        Predicate<Value> isScore = v -> isReal(v) && other.value(v.name()) != null && found.add(v.name());
        if (graph.value(name) != null) {
            upstream(graph.value(name), isScore, new HashSet<>());
        }
        return found;
    }

    /** Whether it holds floating-point numbers, as far as the file says or what computes it. */
    static boolean isReal(Value value) {
        Value v = value;
        while (v != null && v.type() == DataType.UNDEFINED && v.producer() != null) {
            Node node = v.producer();
            if (node.opType().equals("Cast")) {
                return DataType.ofCode((int) node.intAttribute("to", 0)).isFloat();
            }
            if (!InputRanges.isCopy(node)) {
                return v.outputSlot() == 0 && !INTEGERS.contains(node.opType());
            }
            v = node.input(0);
        }
        return v != null && v.type().isFloat();
    }

    /** Walks up to what {@code ends} the way. True where a selection is on it. */
    private static boolean upstream(Value from, Predicate<Value> ends, Set<Value> seen) {
        boolean selects = false;
        Deque<Value> open = new ArrayDeque<>(Set.of(from));
        while (!open.isEmpty()) {
            Node node = open.pop().producer();
            if (node == null) {
                continue;
            }
            selects = selects || SELECTIONS.contains(node.opType());
            node.inputs().stream()
                    .filter(Objects::nonNull)
                    .filter(v -> seen.add(v) && !ends.test(v))
                    .forEach(open::add);
        }
        return selects;
    }

    /** The node that computes a tensor, before it is copied. */
    private static Node source(Value value) {
        Node node = value == null ? null : value.producer();
        while (node != null && InputRanges.isCopy(node)) {
            node = node.input(0) == null ? null : node.input(0).producer();
        }
        return node;
    }

    private static double zero(Value zeroPoint) {
        Tensor constant = zeroPoint == null ? null : zeroPoint.constant();
        double[] all = constant == null ? new double[0] : constant.doubles().orElse(new double[0]);
        return all.length == 1 ? all[0] : 0;
    }
}
