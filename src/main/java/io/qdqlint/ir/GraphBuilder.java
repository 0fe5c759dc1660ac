package io.qdqlint.ir;

import static io.qdqlint.ir.InvalidModelException.quote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Collects what a file says about a graph, in any order, and links it. Subgraph bodies are builders themselves (given as
 * attribute values), since what they capture may be defined later in the file.
 */
public final class GraphBuilder {
    /** A tensor's declared type and shape; {@code shape} may be null. */
    record Declared(DataType type, Shape shape) {}

    private String name;
    private List<NodeDraft> nodes = new ArrayList<>();
    final Map<String, Tensor> initializers = new LinkedHashMap<>();
    final Map<String, Declared> inputs = new LinkedHashMap<>();
    final Map<String, Declared> outputs = new LinkedHashMap<>();
    final Map<String, Declared> declared = new HashMap<>();

    public GraphBuilder(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public GraphBuilder name(String graphName) {
        name = graphName;
        return this;
    }

    public GraphBuilder input(String value, DataType type, Shape shape) {
        if (inputs.put(value, new Declared(type, shape)) != null) {
            throw new InvalidModelException("graph " + quote(name) + " declares the input " + quote(value)
                    + " twice; tensor names must be unique");
        }
        return this;
    }

    public GraphBuilder output(String value, DataType type, Shape shape) {
        outputs.put(value, new Declared(type, shape));
        return this;
    }

    /** A {@code value_info} entry. */
    public GraphBuilder declare(String value, DataType type, Shape shape) {
        declared.put(value, new Declared(type, shape));
        return this;
    }

    public GraphBuilder initializer(Tensor tensor) {
        if (tensor.name().isEmpty()) {
            throw new InvalidModelException(
                    "an initializer of graph " + quote(name) + " has no name, so nothing can read it");
        }
        if (initializers.put(tensor.name(), tensor) != null) {
            throw new InvalidModelException(
                    "the initializer " + quote(tensor.name()) + " occurs twice; tensor names must be unique");
        }
        return this;
    }

    /** Puts another tensor in the place of the initializer of its name. */
    public void replaceInitializer(Tensor tensor) {
        initializers.replace(tensor.name(), tensor);
    }

    /** The initializers by name. */
    public Map<String, Tensor> initializers() {
        return Collections.unmodifiableMap(initializers);
    }

    public GraphBuilder node(NodeDraft node) {
        nodes.add(node);
        return this;
    }

    /** A node without overload; see {@link NodeDraft}. */
    public GraphBuilder node(
            String nodeName,
            String domain,
            String opType,
            List<String> nodeInputs,
            List<String> nodeOutputs,
            List<Attribute> attributes,
            ByteRange source) {
        return node(new NodeDraft(nodeName, domain, opType, "", nodeInputs, nodeOutputs, attributes, source));
    }

    /** The nodes so far, in file order. */
    public List<NodeDraft> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Puts other nodes in the place of all nodes. */
    public void replaceNodes(List<NodeDraft> others) {
        nodes = new ArrayList<>(others);
    }

    /** Gives values other names. Never called with the empty name. */
    public interface Renaming extends UnaryOperator<String> {
        /** The renaming within a body, whose own names hide those around it. */
        Renaming within(GraphBuilder body);
    }

    private GraphBuilder copy(Renaming around, Function<Attribute, Attribute> resolve) {
        Renaming rename = around.within(this);
        GraphBuilder out = new GraphBuilder(name);
        inputs.forEach((n, d) -> out.inputs.put(rename.apply(n), d));
        outputs.forEach((n, d) -> out.outputs.put(rename.apply(n), d));
        declared.forEach((n, d) -> out.declared.put(rename.apply(n), d));
        initializers.forEach((n, t) -> out.initializer(new Tensor(rename.apply(n), t.type(), t.shape(), t.storage())));
        nodes.forEach(n -> out.nodes.add(copy(n, rename, resolve)));
        return out;
    }

    /**
     * A copy of a node with other names for values, bodies included, as inlining needs.
     *
     * @param resolve gives the attribute to put, or null to leave it out; called before bodies are copied
     */
    public static NodeDraft copy(NodeDraft node, Renaming rename, Function<Attribute, Attribute> resolve) {
        UnaryOperator<String> orEmpty = n -> n.isEmpty() ? n : rename.apply(n);
        List<Attribute> attributes = new ArrayList<>(node.attributes().size());
        for (Attribute a : node.attributes()) {
            Attribute resolved = resolve.apply(a);
            if (resolved != null && resolved.value() instanceof GraphBuilder body) {
                attributes.add(new Attribute(resolved.name(), body.copy(rename, resolve)));
            } else if (resolved != null && resolved.value() instanceof GraphBuilder[] bodies) {
                GraphBuilder[] copies =
                        Arrays.stream(bodies).map(b -> b.copy(rename, resolve)).toArray(GraphBuilder[]::new);
                attributes.add(new Attribute(resolved.name(), copies));
            } else if (resolved != null) {
                attributes.add(resolved);
            }
        }
        return new NodeDraft(
                node.name(),
                node.domain(),
                node.opType(),
                node.overload(),
                node.inputs().stream().map(orEmpty).toList(),
                node.outputs().stream().map(orEmpty).toList(),
                attributes,
                ByteRange.NONE);
    }

    /** Every name that this graph, without its bodies, gives to a value. */
    public Collection<String> definitions() {
        List<String> names = new ArrayList<>(inputs.keySet());
        names.addAll(initializers.keySet());
        nodes.forEach(n -> names.addAll(n.outputs()));
        names.removeIf(String::isEmpty);
        return names;
    }

    /**
     * Links everything.
     *
     * @throws InvalidModelException where a tensor is defined twice or not at all, or the graph has a cycle
     */
    public Graph build() {
        return new GraphLinker(this).link();
    }
}
