package io.qdqlint.fact;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a model are constant, which nodes are needed, and which values are one value under several names:
 * TensorRT's parser decides this before any optimisation ("constant folding", "dead layer removal" in its log).
 */
public final class DataFlow {
    /** Nodes whose output is their first input. */
    private static final Set<String> TRANSPARENT = Set.of("Identity", "Dropout");

    /** The results of these depend on shapes only, which are known when an engine is built. */
    private static final Set<String> SHAPE_OF = Set.of("Shape", "Size");

    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli");

    private final List<Node> nodes = new ArrayList<>();
    private final BitSet constant = new BitSet();
    private final BitSet needed = new BitSet();
    private final BitSet outputs = new BitSet();
    private final Map<Value, Value> aliases = new HashMap<>();
    private int valueCount;

    DataFlow(Graph graph) {
        collect(graph);
        markNeeded(graph);
    }

    /** All nodes, those of bodies after the node that holds them. */
    public List<Node> nodes() {
        return nodes;
    }

    /** One more than the largest {@link Value#id()}. */
    public int valueCount() {
        return valueCount;
    }

    /** Whether constants alone determine the value. */
    public boolean isConstant(Value v) {
        return constant.get(v.id());
    }

    boolean isGraphOutput(Value v) {
        return outputs.get(v.id());
    }

    /** The value itself, seen through Identity and Dropout. */
    public Value origin(Value v) {
        return v == null ? null : aliases.getOrDefault(v, v);
    }

    /** Whether the node computes something non-constant that reaches a graph output, and is not just another name. */
    public boolean isLive(Node node) {
        for (Value o : node.outputs()) {
            if (o != null && needed.get(o.id()) && !constant.get(o.id()) && !aliases.containsKey(o)) {
                return true;
            }
        }
        return false;
    }

    /** Whether constants alone determine what the node computes, and it is needed. */
    boolean isSettled(Node node) {
        return !node.inputs().isEmpty()
                && node.outputs().stream().anyMatch(o -> o != null && needed.get(o.id()) && constant.get(o.id()));
    }

    /** Whether the node looks at shapes only, so that it reads no numbers. */
    public static boolean readsShape(Node node) {
        return SHAPE_OF.contains(node.opType());
    }

    /** The stored tensor that determines the constant's elements up to shape and type; null when it is not so simple. */
    Tensor stored(Value v) {
        for (int depth = 0; v != null && depth < 16; depth++) {
            if (v.isConstant()) {
                return v.constant();
            }
            Node p = v.producer();
            boolean keepsElements = p != null
                    && switch (p.opType()) {
                        case "Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> true;
                        default -> false;
                    };
            v = keepsElements ? p.input(0) : null;
        }
        return null;
    }

    private void collect(Graph graph) {
        for (Value v : graph.values()) {
            valueCount = Math.max(valueCount, v.id() + 1);
            if (v.isConstant()) {
                constant.set(v.id());
            }
        }
        for (Value v : graph.outputs()) {
            outputs.set(v.id());
        }
        for (Node node : graph.nodes()) {
            nodes.add(node);
            if (determinedByConstants(node)) {
                node.outputs().stream().filter(o -> o != null).forEach(o -> constant.set(o.id()));
            }
            if (TRANSPARENT.contains(node.opType())
                    && node.input(0) != null
                    && node.output(0) != null
                    && !outputs.get(node.output(0).id())) {
                aliases.put(node.output(0), origin(node.input(0)));
            }
            bodies(node).forEach(this::collect);
        }
    }

    /** Quantizing and dequantizing count as computation, so that weights keep their Q/DQ. */
    private boolean determinedByConstants(Node node) {
        if (SHAPE_OF.contains(node.opType())) {
            return true;
        }
        boolean opaque = RANDOM.contains(node.opType())
                || Operators.isQuantize(node)
                || Operators.isDequantize(node)
                || !bodies(node).isEmpty();
        if (opaque) {
            return false;
        }
        for (Value in : node.inputs()) {
            if (in != null && !constant.get(in.id())) {
                return false;
            }
        }
        return !node.inputs().isEmpty() || node.opType().equals("Constant");
    }

    private void markNeeded(Graph graph) {
        graph.outputs().forEach(v -> needed.set(origin(v).id()));
        List<Node> list = graph.nodes();
        for (int i = list.size() - 1; i >= 0; i--) {
            Node node = list.get(i);
            if (isNeeded(node)) {
                bodies(node).forEach(this::markNeeded);
                for (Value in : node.inputs()) {
                    if (in != null) {
                        needed.set(origin(in).id());
                    }
                }
            }
        }
    }

    private boolean isNeeded(Node node) {
        for (Value o : node.outputs()) {
            if (o != null && needed.get(o.id())) {
                return true;
            }
        }
        return false;
    }

    private static List<Graph> bodies(Node node) {
        List<Graph> out = List.of();
        for (Attribute a : node.attributes()) {
            if (a.value() instanceof Graph g) {
                out = new ArrayList<>(out);
                out.add(g);
            } else if (a.value() instanceof Graph[] many) {
                out = new ArrayList<>(out);
                out.addAll(List.of(many));
            }
        }
        return out;
    }
}
