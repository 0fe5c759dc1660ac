package io.qdqlint.metamorphic;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.NodeDraft;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A model without bodies taken apart, so that it can be put together in another way. */
final class Parts {
    /** A tensor's name, type and shape. */
    record Declared(String name, DataType type, Shape shape) {}

    final List<Declared> inputs = new ArrayList<>();
    final List<Declared> outputs = new ArrayList<>();
    final List<Declared> between = new ArrayList<>();
    final List<Tensor> initializers = new ArrayList<>();
    final List<NodeDraft> nodes = new ArrayList<>();
    private final Path file;
    private final long irVersion;
    private final Map<String, Long> opsets;

    private Parts(Model model) {
        file = model.file();
        irVersion = model.irVersion();
        opsets = new HashMap<>(model.opsets());
    }

    static Parts of(Model model) {
        Parts parts = new Parts(model);
        Graph graph = model.graph();
        graph.inputs().forEach(v -> parts.inputs.add(declared(v)));
        graph.outputs().forEach(v -> parts.outputs.add(declared(v)));
        for (Value value : graph.values()) {
            if (value.producer() != null && !value.isConstant() && !value.isGraphOutput()) {
                parts.between.add(declared(value));
            } else if (value.producer() == null && value.isConstant()) {
                parts.initializers.add(value.constant());
            }
        }
        for (Node n : graph.nodes()) {
            parts.nodes.add(new NodeDraft(
                    n.rawName(),
                    n.domain(),
                    n.opType(),
                    "",
                    names(n.inputs()),
                    names(n.outputs()),
                    n.attributes(),
                    n.source()));
        }
        return parts;
    }

    static boolean canTake(Model model) {
        return model.graph().subgraphs().isEmpty();
    }

    private static Declared declared(Value value) {
        return new Declared(value.name(), value.type(), value.shape());
    }

    private static List<String> names(List<Value> values) {
        return values.stream().map(v -> v == null ? "" : v.name()).toList();
    }

    Model model() {
        GraphBuilder graph = new GraphBuilder("g");
        inputs.forEach(d -> graph.input(d.name(), d.type(), d.shape()));
        outputs.forEach(d -> graph.output(d.name(), d.type(), d.shape()));
        between.forEach(d -> graph.declare(d.name(), d.type(), d.shape()));
        initializers.forEach(graph::initializer);
        nodes.forEach(graph::node);
        return new Model(file, irVersion, "", opsets, graph.build(), Map.of());
    }

    /** Gives every tensor and every named node another name. */
    void rename(UnaryOperator<String> tensors, UnaryOperator<String> nodeNames) {
        UnaryOperator<String> tensor = n -> n.isEmpty() ? n : tensors.apply(n);
        UnaryOperator<Declared> declared = d -> new Declared(tensor.apply(d.name()), d.type(), d.shape());
        inputs.replaceAll(declared);
        outputs.replaceAll(declared);
        between.replaceAll(declared);
        initializers.replaceAll(t -> new Tensor(tensor.apply(t.name()), t.type(), t.shape(), t.storage()));
        nodes.replaceAll(n -> new NodeDraft(
                n.name().isEmpty() ? "" : nodeNames.apply(n.name()),
                n.domain(),
                n.opType(),
                n.overload(),
                n.inputs().stream().map(tensor).toList(),
                n.outputs().stream().map(tensor).toList(),
                n.attributes(),
                n.source()));
    }

    /** Puts another model beside this one; they have no name in common. */
    void join(Parts other) {
        inputs.addAll(other.inputs);
        outputs.addAll(other.outputs);
        between.addAll(other.between);
        initializers.addAll(other.initializers);
        nodes.addAll(other.nodes);
    }

    /**
     * Puts the nodes in another topological order. Convolutions keep theirs: an Add of two of them fuses into the first.
     */
    void shuffleNodes(Random random) {
        Set<String> missing = new HashSet<>();
        nodes.forEach(n -> missing.addAll(n.outputs()));
        missing.remove("");
        List<NodeDraft> waiting = new ArrayList<>(nodes);
        nodes.clear();
        while (!waiting.isEmpty()) {
            List<NodeDraft> ready = new ArrayList<>();
            boolean convolution = false;
            for (NodeDraft node : waiting) {
                boolean first = !convolution || !node.opType().startsWith("Conv");
                convolution |= node.opType().startsWith("Conv");
                if (first && node.inputs().stream().noneMatch(missing::contains)) {
                    ready.add(node);
                }
            }
            Collections.shuffle(ready, random);
            // One, or all that can come now.
            List<NodeDraft> next = random.nextBoolean() ? ready : ready.subList(0, 1);
            nodes.addAll(next);
            next.forEach(n -> missing.removeAll(n.outputs()));
            waiting.removeAll(new HashSet<>(next));
        }
    }

    void opset(long version) {
        opsets.put("", version);
    }

    static NodeDraft node(String opType, List<String> inputs, String output, List<Attribute> attributes) {
        return new NodeDraft("", "", opType, "", inputs, List.of(output), attributes, ByteRange.NONE);
    }

    /** The node with other inputs, and more attributes. */
    static NodeDraft with(NodeDraft node, List<String> inputs, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(node.attributes());
        attributes.addAll(List.of(more));
        return new NodeDraft(
                node.name(),
                node.domain(),
                node.opType(),
                node.overload(),
                inputs,
                node.outputs(),
                attributes,
                node.source());
    }
}
